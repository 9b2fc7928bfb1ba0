#include "intake/intake_work.h"

#include <string.h>
#include <strings.h>

enum { WHOLE_DIGITS = 11, SCALE_DIGITS = 4 };

void problem_init(struct problem *problem, enum lang lang)
{
    problem->reason.lang = problem->hint.lang = lang;
    problem->reason.kind = problem->hint.kind = ERR_NONE;
    problem->reason.text[0] = problem->hint.text[0] =
        '\0'; /* the rest is not looked at: there is one for each row */
}

const char *value_text(int64_t scaled, char buf[VALUE_SIZE])
{
    int n = snprintf(buf, VALUE_SIZE, "%lld.%04d", (long long)(scaled / NUMBER_SCALE),
                     (int)(scaled % NUMBER_SCALE));
    while (buf[n - 1] == '0')
        buf[--n] = '\0';
    if (buf[n - 1] == '.')
        buf[n - 1] = '\0';
    return buf;
}

/* ---- what is no number ---- */

static bool same_word(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (!strcasecmp(text, *words))
            return true;
    return false;
}

/* Digits with blanks between them, as some people write thousands. */
static bool blanks_only(const char *text, struct text *digits)
{
    for (const char *c = text; *c; c++)
        if (*c >= '0' && *c <= '9')
            text_add_bytes(digits, c, 1);
        else if (!strncmp(c, "\xc2\xa0", 2))
            c++;
        else if (!strncmp(c, "\xe2\x80\xaf", 3))
            c += 2;
        else if (*c != ' ')
            return false;
    return digits->n > 0;
}

static bool not_a_number(const char *text, struct problem *problem)
{
    static const char *const infinities[] = {"nan",  "inf",       "infinity", "-inf",
                                             "-nan", "-infinity", "+inf",     NULL};
    static const char *const nothings[] = {"null", "none", "n/a", "na", "-", "--", "#n/a", NULL};
    auto_text digits = {0};
    size_t n = strlen(text);
    if (!*text || same_word(text, nothings)) {
        err_set(&problem->reason, ERR_INPUT, "không có giá trị", "there is no value");
        return err_set(&problem->hint, ERR_INPUT, "chưa có số liệu thì bỏ cả dòng; không phát sinh thì ghi 0",
                       "leave the row out if it is not known; write 0 if there was none");
    }
    if (same_word(text, infinities))
        return err_set(&problem->reason, ERR_INPUT, "'%s' không phải là số", "'%s' is not a number", text);
    if (strspn(text, "0123456789.,+-eE") == n && strpbrk(text, "eE") && strpbrk(text, "0123456789")) {
        err_set(&problem->reason, ERR_INPUT, "'%s' viết theo lũy thừa", "'%s' is written with an exponent",
                text);
        return err_set(&problem->hint, ERR_INPUT, "viết đủ các chữ số", "write all its digits");
    }
    if (n > 1 && text[n - 1] == '%') {
        err_set(&problem->reason, ERR_INPUT, "'%s' là tỷ lệ, không phải số đếm",
                "'%s' is a share, not a count", text);
        return err_set(&problem->hint, ERR_INPUT, "gửi tử số và mẫu số, hanchot tự tính tỷ lệ",
                       "send the two counts; hanchot works out the share");
    }
    err_set(&problem->reason, ERR_INPUT, "'%.60s' không phải là số", "'%.60s' is not a number", text);
    if (blanks_only(text, &digits))
        err_set(&problem->hint, ERR_INPUT, "viết liền: %s", "write it without blanks: %s", text_str(&digits));
    return false;
}

/* ---- where the digits are ---- */

struct digits {
    char whole[64], part[64];
    size_t n_whole, n_part;
};

static bool too_long(const char *text, struct problem *problem)
{
    return err_set(&problem->reason, ERR_INPUT, "'%.40s' quá lớn: nhiều nhất %d chữ số phần nguyên",
                   "'%.40s' is too large: at most %d digits before the decimals", text, WHOLE_DIGITS);
}

/* Thousands were marked off: "1.234.567", "1.234,5". The hint has the number without the marks. */
static bool grouped(const char *text, enum number_style style, struct problem *problem)
{
    const char *last = text + strlen(text);
    while (*last != '.' && *last != ',')
        last--;
    bool both = strchr(text, '.') && strchr(text, ',');
    auto_text plain = {0};
    for (const char *c = text; *c; c++)
        if (*c != '.' && *c != ',')
            text_add_bytes(&plain, c, 1);
        else if (c == last && both)
            text_add(&plain, style == NUMBER_SEMICOLON_FILE ? "," : ".");
    err_set(&problem->reason, ERR_INPUT, "'%s' có dấu ngăn hàng nghìn", "'%s' has thousands marked off",
            text);
    return err_set(&problem->hint, ERR_INPUT, "bỏ dấu ngăn hàng nghìn: %s", "leave the marks out: %s",
                   text_str(&plain));
}

static bool two_ways(const char *text, const char *mark, struct problem *problem)
{
    int n = (int)(mark - text);
    err_set(&problem->reason, ERR_INPUT, "'%s' đọc được hai cách: %.*s%s hay %.*s phẩy %s",
            "'%s' can be read in two ways: %.*s%s, or %.*s point %s", text, n, text, mark + 1, n, text,
            mark + 1);
    return err_set(&problem->hint, ERR_INPUT, "viết %.*s%s nếu là số nguyên, hoặc %.*s%c%s0 nếu là số lẻ",
                   "write %.*s%s for the whole number, or %.*s%c%s0 for the one with decimals", n, text,
                   mark + 1, n, text, *mark, mark + 1);
}

static bool decimal_comma(const char *text, const char *mark, struct problem *problem)
{
    int n = (int)(mark - text);
    err_set(&problem->reason, ERR_INPUT, "'%s' có dấu phẩy thập phân trong tệp ngăn cột bằng dấu phẩy",
            "'%s' has a decimal comma in a file whose columns are separated by commas", text);
    return err_set(&problem->hint, ERR_INPUT, "viết %.*s.%s, hoặc lưu tệp với dấu chấm phẩy ngăn cột",
                   "write %.*s.%s, or save the file with semicolons between the columns", n, text, mark + 1);
}

/* One mark, digits on both sides: may it stand for the decimals? */
static bool mark_fits(const char *text, const char *mark, enum number_style style, int decimals,
                      struct problem *problem)
{
    size_t before = (size_t)(mark - text), after = strlen(mark + 1);
    bool like_thousands = after == 3 && before <= 3 && *text != '0';
    if (style == NUMBER_SHEET_TEXT) {
        err_set(&problem->reason, ERR_INPUT, "'%s' là chữ trong bảng tính, không phải số",
                "'%s' is text in the sheet, not a number", text);
        return err_set(&problem->hint, ERR_INPUT, "đổi định dạng ô thành Number rồi gõ lại số",
                       "format the cell as Number and type it again");
    }
    if (style == NUMBER_COMMA_FILE && *mark == ',')
        return decimal_comma(text, mark, problem);
    if (like_thousands && (style == NUMBER_SEMICOLON_FILE || (style == NUMBER_COMMA_FILE && decimals < 3)))
        return two_ways(text, mark, problem);
    return true;
}

/* Text of digits and marks into its two runs of digits. */
static bool digits_split(const char *text, enum number_style style, int decimals, struct digits *digits,
                         struct problem *problem)
{
    const char *mark = strpbrk(text, ".,");
    if (mark && strpbrk(mark + 1, ".,"))
        return grouped(text, style, problem);
    if (mark && (mark == text || !mark[1])) {
        err_set(&problem->reason, ERR_INPUT, "'%s' thiếu chữ số", "'%s' lacks digits", text);
        return err_set(&problem->hint, ERR_INPUT, "viết %s%s%s", "write %s%s%s", mark == text ? "0" : "",
                       text, mark[1] ? "" : "0");
    }
    if (mark && !mark_fits(text, mark, style, decimals, problem))
        return false;
    digits->n_whole = mark ? (size_t)(mark - text) : strlen(text);
    digits->n_part = mark ? strlen(mark + 1) : 0;
    if (digits->n_whole >= sizeof digits->whole || digits->n_part >= sizeof digits->part)
        return too_long(text, problem);
    memcpy(digits->whole, text, digits->n_whole);
    if (mark)
        memcpy(digits->part, mark + 1, digits->n_part);
    return true;
}

static bool decimals_fit(const char *text, int decimals, struct digits *digits, struct problem *problem)
{
    while (digits->n_part > 0 && digits->part[digits->n_part - 1] == '0')
        digits->n_part--;
    if (digits->n_part <= (size_t)decimals)
        return true;
    if (decimals == 0)
        return err_set(&problem->reason, ERR_INPUT, "'%s' không phải số nguyên; số liệu này đếm tròn",
                       "'%s' is not a whole number; this metric counts whole things", text);
    return err_set(&problem->reason, ERR_INPUT,
                   "'%s' có quá nhiều chữ số thập phân; số liệu này có nhiều nhất %d",
                   "'%s' has too many decimals; this metric has at most %d", text, decimals);
}

static int64_t scaled_of(const struct digits *digits)
{
    int64_t value = 0;
    for (size_t i = 0; i < digits->n_whole; i++)
        value = value * 10 + (digits->whole[i] - '0');
    for (size_t i = 0; i < SCALE_DIGITS; i++)
        value = value * 10 + (i < digits->n_part ? digits->part[i] - '0' : 0);
    return value;
}

static bool negative(const char *text, struct problem *problem)
{
    return err_set(&problem->reason, ERR_INPUT, "'%s' là số âm; số đếm không thể âm",
                   "'%s' is negative; a count cannot be", text);
}

bool value_parse(const char *text, enum number_style style, int decimals, int64_t *scaled,
                 struct problem *problem)
{
    must(decimals >= 0 && decimals <= SCALE_DIGITS);
    const char *body = *text == '-' ? text + 1 : text;
    size_t n = strlen(body);
    if (n == 0 || strspn(body, "0123456789.,") != n || !strpbrk(body, "0123456789"))
        return not_a_number(text, problem);
    if (*text == '-')
        return negative(text, problem);
    struct digits digits = {0};
    if (!digits_split(text, style, decimals, &digits, problem) ||
        !decimals_fit(text, decimals, &digits, problem))
        return false;
    size_t zeros = 0;
    while (zeros < digits.n_whole && digits.whole[zeros] == '0')
        zeros++;
    memmove(digits.whole, digits.whole + zeros, digits.n_whole - zeros);
    digits.n_whole -= zeros;
    if (digits.n_whole > WHOLE_DIGITS)
        return too_long(text, problem);
    *scaled = scaled_of(&digits);
    return true;
}
