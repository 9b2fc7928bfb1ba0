#include "deliver/deliver.h"

#include "base/version.h"

#include <string.h>

enum { CONNECT_SECONDS = 20, WHOLE_SECONDS = 90, SECRET_MOST = 4096 };

static const char *field(const json_t *job, const char *name)
{
    return json_string_value(json_object_get(job, name));
}

/* A line of its own file; the file's last line end does not belong to it. */
static bool secret_read(const char *path, struct text *out, struct err *err)
{
    if (!file_read(path, SECRET_MOST, out, err))
        return false;
    while (out->n && (out->at[out->n - 1] == '\n' || out->at[out->n - 1] == '\r'))
        out->at[--out->n] = '\0';
    return out->n || err_set(err, ERR_ENV, "%s: tệp rỗng", "%s: the file is empty", path);
}

/* ---- libcurl asks and tells ---- */

static size_t give(char *buffer, size_t size, size_t n, void *data)
{
    struct transfer *transfer = data;
    size_t left = transfer->body.n - transfer->sent, room = size * n;
    size_t now = left < room ? left : room;
    memcpy(buffer, transfer->body.at + transfer->sent, now);
    transfer->sent += now;
    return now;
}

static size_t ignore(const char *buffer, size_t size, size_t n, void *data)
{
    (void)buffer, (void)data;
    return size * n;
}

/* The answers of an SMTP server, one line at a time: the last one is kept, but for its farewell. */
static size_t hear(char *buffer, size_t size, size_t n, void *data)
{
    struct transfer *transfer = data;
    size_t length = size * n, most = sizeof transfer->said - 1;
    while (length && (buffer[length - 1] == '\n' || buffer[length - 1] == '\r'))
        length--;
    if (length && (length < 3 || memcmp(buffer, "221", 3) != 0)) {
        memcpy(transfer->said, buffer, length < most ? length : most);
        transfer->said[length < most ? length : most] = '\0';
    }
    return size * n;
}

/* ---- mail ---- */

static bool mail_secrets(struct transfer *transfer, struct err *err)
{
    const char *user = field(transfer->job, "user"), *file = field(transfer->job, "password_file");
    auto_text password = {0};
    if (!user)
        return true;
    if (!file || !secret_read(file, &password, err))
        return false;
    curl_easy_setopt(transfer->curl, CURLOPT_USERNAME, user);
    curl_easy_setopt(transfer->curl, CURLOPT_PASSWORD, text_str(&password));
    return true;
}

static bool mail_set_up(struct transfer *transfer, struct err *err)
{
    const json_t *job = transfer->job;
    CURL *curl = transfer->curl;
    const struct letter letter = {.from = field(job, "from"),
                                  .from_name = field(job, "from_name"),
                                  .to = field(job, "to"),
                                  .key = field(job, "key"),
                                  .date = field(job, "date"),
                                  .subject = field(job, "subject"),
                                  .text = field(job, "text"),
                                  .html = field(job, "html"),
                                  .urgent = json_is_true(json_object_get(job, "urgent"))};
    const char *tls = field(job, "tls");
    auto_text sender = {0}, receiver = {0};
    must(letter.from && letter.to && letter.key && letter.date && letter.subject && letter.text &&
         letter.html && tls);
    letter_write(&letter, &transfer->body);
    text_addf(&sender, "<%s>", letter.from);
    text_addf(&receiver, "<%s>", letter.to);
    transfer->list = curl_slist_append(NULL, text_str(&receiver));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(strcmp(tls, "none") ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, text_str(&sender));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, transfer->list);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, transfer);
    return mail_secrets(transfer, err);
}

/* ---- webhooks ---- */

static void header_add(struct transfer *transfer, const char *name, const char *value)
{
    auto_text line = {0};
    text_addf(&line, "%s: %s", name, value);
    transfer->list = curl_slist_append(transfer->list, text_str(&line));
}

static bool call_set_up(struct transfer *transfer, struct err *err)
{
    const json_t *job = transfer->job;
    CURL *curl = transfer->curl;
    const char *file = field(job, "secret_file"), *key = field(job, "key"), *body = field(job, "body");
    auto_text secret = {0}, signature = {0};
    must(key && body && file);
    text_add(&transfer->body, body);
    if (!secret_read(file, &secret, err))
        return false;
    signature_write(secret.at, secret.n, json_integer_value(json_object_get(job, "at")), body,
                    transfer->body.n, &signature);
    header_add(transfer, "Content-Type", "application/json");
    header_add(transfer, "Idempotency-Key", key);
    header_add(transfer, "Hanchot-Signature", text_str(&signature));
    transfer->list = curl_slist_append(transfer->list, "Expect:");
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "hanchot/" HANCHOT_VERSION);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, transfer->list);
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)transfer->body.n);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, transfer->body.at);
    return true;
}

/* ---- both ---- */

struct transfer *transfer_new(json_t *job, struct err *err)
{
    struct transfer *transfer = mem_alloc(sizeof *transfer);
    const char *kind = field(job, "kind"), *server = field(job, "server"), *ca = field(job, "ca");
    transfer->job = job;
    transfer->curl = curl_easy_init();
    must(transfer->curl && kind && server);
    curl_easy_setopt(transfer->curl, CURLOPT_URL, server);
    curl_easy_setopt(transfer->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(transfer->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(transfer->curl, CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
    /* One that stood idle may be dead, and what was said to it would have to be said again. */
    curl_easy_setopt(transfer->curl, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(transfer->curl, CURLOPT_ERRORBUFFER, transfer->error);
    curl_easy_setopt(transfer->curl, CURLOPT_WRITEFUNCTION, ignore);
    curl_easy_setopt(transfer->curl, CURLOPT_PRIVATE, transfer);
    if (ca)
        curl_easy_setopt(transfer->curl, CURLOPT_CAINFO, ca);
    if (!strcmp(kind, "mail") ? mail_set_up(transfer, err) : call_set_up(transfer, err))
        return transfer;
    transfer_free(transfer);
    return NULL;
}

void transfer_free(struct transfer *transfer)
{
    curl_easy_cleanup(transfer->curl);
    curl_slist_free_all(transfer->list);
    text_fini(&transfer->body);
    json_decref(transfer->job);
    mem_free(transfer);
}

enum outcome transfer_outcome(struct transfer *transfer, CURLcode result, struct text *detail, int64_t *wait)
{
    long code = 0;
    curl_off_t after = 0;
    curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &code);
    curl_easy_getinfo(transfer->curl, CURLINFO_RETRY_AFTER, &after);
    *wait = (int64_t)after;
    bool mail = !strcmp(field(transfer->job, "kind"), "mail");
    if (result != CURLE_OK)
        text_add(detail, *transfer->error ? transfer->error : curl_easy_strerror(result));
    if (mail && *transfer->said)
        text_addf(detail, "%s%s", detail->n ? ": " : "", transfer->said);
    if (!mail && result == CURLE_OK)
        text_addf(detail, "HTTP %ld", code);
    return mail ? outcome_of_mail(result, code, transfer->sent == transfer->body.n)
                : outcome_of_call(result, code);
}
