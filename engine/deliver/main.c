/* hanchot-deliver: a loop over what the daemon hands in and what is on its way. */
#include "deliver/deliver.h"

#include "base/log.h"
#include "base/version.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { POLL_MS = 60000, LINE_MOST = 64 << 20, DETAIL_MOST = 400 };

static int write_out(const char *bytes, size_t n, void *out)
{
    text_add_bytes(out, bytes, n);
    return 0;
}

/* Servers may answer in any encoding. */
static void make_printable(struct text *text)
{
    size_t at;
    if (text->n > DETAIL_MOST)
        text->at[text->n = DETAIL_MOST] = '\0';
    while (!utf8_valid(text_str(text), text->n, &at))
        text->at[at] = '?';
}

static void tell(const json_t *job, enum outcome outcome, struct text *detail, int64_t wait)
{
    auto_text line = {0};
    make_printable(detail);
    json_t *answer = json_pack("{s:O, s:s, s:s, s:I}", "notice", json_object_get(job, "notice"), "outcome",
                               outcome_name(outcome), "detail", text_str(detail), "wait", (json_int_t)wait);
    must(answer && !json_dump_callback(answer, write_out, &line, JSON_COMPACT));
    json_decref(answer);
    text_add(&line, "\n");
    for (size_t done = 0; done < line.n;) {
        ssize_t n = write(STDOUT_FILENO, line.at + done, line.n - done);
        if (n > 0)
            done += (size_t)n;
        else if (n < 0 && errno != EINTR)
            return; /* the daemon is gone: standard input says so too */
    }
}

/* ---- what comes in ---- */

static void job_start(CURLM *multi, const char *line, size_t n)
{
    struct err err = {.lang = LANG_EN};
    json_t *job = json_loadb(line, n, 0, NULL);
    must(job); /* the daemon is our own */
    json_incref(job);
    struct transfer *transfer = transfer_new(job, &err);
    if (transfer)
        must(curl_multi_add_handle(multi, transfer->curl) == CURLM_OK);
    else {
        auto_text detail = {0};
        text_add(&detail, err.text);
        tell(job, OUTCOME_LATER, &detail, 0);
    }
    json_decref(job);
}

/* False: the daemon has gone. */
static bool jobs_read(CURLM *multi, struct text *input)
{
    char bytes[65536];
    ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    if (n == 0 || input->n > LINE_MOST)
        return false;
    text_add_bytes(input, bytes, (size_t)n);
    size_t from = 0;
    for (char *end; (end = memchr(input->at + from, '\n', input->n - from));) {
        job_start(multi, input->at + from, (size_t)(end - input->at) - from);
        from = (size_t)(end - input->at) + 1;
    }
    memmove(input->at, input->at + from, input->n - from);
    input->n -= from;
    return true;
}

/* ---- what has ended ---- */

static void transfers_end(CURLM *multi)
{
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
        auto_text detail = {0};
        struct transfer *transfer = NULL;
        int64_t wait;
        CURLcode result = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
        enum outcome outcome = transfer_outcome(transfer, result, &detail, &wait);
        tell(transfer->job, outcome, &detail, wait);
        curl_multi_remove_handle(multi, transfer->curl);
        transfer_free(transfer);
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "--version")) {
        puts("hanchot-deliver " HANCHOT_VERSION);
        return 0;
    }
    if (argc > 1 || isatty(STDIN_FILENO)) {
        fputs(
            "hanchot-deliver: hanchot serve tự chạy chương trình này / hanchot serve starts this by itself\n",
            stderr);
        return 2;
    }
    struct text input = {0};
    int running;
    signal(SIGPIPE, SIG_IGN);
    must(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    CURLM *multi = curl_multi_init();
    must(multi && fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK) == 0);
    for (bool go_on = true; go_on;) {
        struct curl_waitfd in = {STDIN_FILENO, CURL_WAIT_POLLIN, 0};
        must(curl_multi_perform(multi, &running) == CURLM_OK);
        transfers_end(multi);
        must(curl_multi_poll(multi, &in, 1, POLL_MS, NULL) == CURLM_OK);
        if (in.revents)
            go_on = jobs_read(multi, &input);
    }
    _exit(0); /* what is on its way is left: the daemon's successor repeats it with the same keys */
}
