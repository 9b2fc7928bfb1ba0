#include "rules_home.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char rules_home_calendar[] =
    "api(1)\n"
    "workcalendar \"vn\" { week = { 1, 2, 3, 4, 5 },\n"
    "  off = { [\"2026-01-01\"] = \"Tết Dương lịch\", [\"2026-11-24\"] = \"Ngày Văn hóa\",\n"
    "    [\"2026-02-16\"] = \"Tết\", [\"2026-02-17\"] = \"Tết\", [\"2026-02-18\"] = \"Tết\",\n"
    "    [\"2026-02-19\"] = \"Tết\", [\"2026-02-20\"] = \"Tết\" },\n"
    "  work = { [\"2026-01-10\"] = \"làm bù\" } }\n";

const char rules_home_head[] =
    "api(1)\n"
    "org \"hp\" { title = \"Hải Phòng\", outside = { BCA = \"Bộ Công an\" },\n"
    "  units = { A = { title = \"Phòng A\" }, B = { title = \"Phòng B\" }, C = { title = \"Phòng C\" } },\n"
    "  groups = { two = { \"A\", \"B\" } } }\n"
    "plan \"p\" { org = \"hp\", issued = \"2026-01-07\", period = \"2026\", title = \"Kế hoạch\" }\n"
    "event \"received\" { title = \"Nhận kế hoạch\", by_unit = true }\n"
    "event \"call\" { title = \"Có yêu cầu\", repeats = true }\n";

void rules_home_init(struct rules_home *home)
{
    snprintf(home->path, sizeof home->path, "/tmp/hanchot-rules-XXXXXX");
    must(mkdtemp(home->path));
    auto_text folder = {0};
    text_addf(&folder, "%s/rules", home->path);
    must(!mkdir(text_str(&folder), 0700));
    auto_text other = {0};
    text_addf(&other, "%s/calendars", home->path);
    must(!mkdir(text_str(&other), 0700));
    faults_init(&home->faults, LANG_EN);
    rules_home_put(home, "calendars/vn.lua", rules_home_calendar);
}

void rules_home_fini(struct rules_home *home)
{
    auto_text command = {0};
    faults_fini(&home->faults);
    text_addf(&command, "rm -r '%s'", home->path);
    must(!system(text_str(&command)));
}

void rules_home_put(const struct rules_home *home, const char *name, const char *text)
{
    auto_text path = {0};
    text_addf(&path, "%s/%s", home->path, name);
    char *slash = strrchr(text_str(&path), '/');
    *slash = '\0';
    mkdir(text_str(&path), 0700);
    *slash = '/';
    FILE *file = fopen(text_str(&path), "w");
    must(file);
    must(fputs(text, file) >= 0);
    must(!fclose(file));
}

struct rulebook *rules_home_load(struct rules_home *home)
{
    auto_text rules = {0}, calendars = {0};
    text_addf(&rules, "%s/rules", home->path);
    text_addf(&calendars, "%s/calendars", home->path);
    faults_fini(&home->faults);
    faults_init(&home->faults, LANG_EN);
    return rulebook_load(&(struct rulebook_paths){text_str(&rules), text_str(&calendars)}, &home->faults);
}

const char *rules_home_faults(struct rules_home *home)
{
    struct text list = {0};
    size_t skip = strlen(home->path) + 1;
    for (size_t i = 0; i < home->faults.list.n; i++) {
        const struct fault *fault = &home->faults.list.at[i];
        text_addf(&list, "%s:%d:%d: %s\n", strlen(fault->file) > skip ? fault->file + skip : fault->file,
                  fault->line, fault->column, fault->text);
    }
    const char *kept = arena_strdup(home->faults.arena, text_str(&list));
    text_fini(&list);
    return kept;
}
