#include "shell/certificate.h"

#include "base/log.h"
#include "time/clock.h"

#include <gnutls/x509.h>
#include <string.h>

enum { NEAR_DAYS = 21, DAY_SECONDS = 86400, HALVES = 128 }; /* HALVES: two checksums in hex */

/* The end of the first certificate of a chain; 0: it cannot be read. */
static int64_t end_of(const char *pem)
{
    gnutls_x509_crt_t certificate;
    const gnutls_datum_t text = {(unsigned char *)pem, (unsigned)strlen(pem)};
    if (gnutls_x509_crt_init(&certificate) < 0)
        return 0;
    bool read = gnutls_x509_crt_import(certificate, &text, GNUTLS_X509_FMT_PEM) >= 0;
    time_t ends = read ? gnutls_x509_crt_get_expiration_time(certificate) : 0;
    gnutls_x509_crt_deinit(certificate);
    return ends > 0 ? ends : 0;
}

/* A pair is told from another by this alone: the key itself is not kept. */
static void pair_hash(const struct door *door, char hash[65])
{
    char halves[HALVES + 1];
    sha256_hex(text_str(&door->certificate), door->certificate.n, halves);
    sha256_hex(text_str(&door->private_key), door->private_key.n, halves + HALVES / 2);
    sha256_hex(halves, HALVES, hash);
}

int64_t certificate_ends_soon(const struct daemon *daemon)
{
    bool is_near = daemon->tls_ends - daemon_now(daemon) < (int64_t)NEAR_DAYS * DAY_SECONDS;
    return daemon->tls_ends && is_near ? daemon->tls_ends : 0;
}

static void warn(const struct daemon *daemon)
{
    char at[INSTANT_SIZE];
    int64_t ends = certificate_ends_soon(daemon);
    if (ends)
        log_warning(say(daemon->app->site->lang,
                        "chứng thư TLS hết hạn lúc %s; thay tệp rồi: systemctl reload hanchot",
                        "the TLS certificate ends at %s; put a new one in its place, then: systemctl reload "
                        "hanchot"),
                    instant_iso(ends, at));
}

static void remember(struct daemon *daemon, const struct door *door)
{
    pair_hash(door, daemon->tls_pair);
    daemon->tls_ends = end_of(text_str(&door->certificate));
    warn(daemon);
}

void certificate_begin(struct daemon *daemon, const struct door *door)
{
    if (door->config.certificate)
        remember(daemon, door);
}

static bool take_over(struct daemon *daemon, const struct door *door, struct err *err)
{
    char hash[65];
    pair_hash(door, hash);
    if (!strcmp(hash, daemon->tls_pair)) {
        warn(daemon);
        return true;
    }
    if (!http_certify(daemon->http, text_str(&door->certificate), text_str(&door->private_key), err))
        return false;
    remember(daemon, door);
    log_notice(
        "%s", say(daemon->app->site->lang, "đã dùng chứng thư TLS mới", "the new TLS certificate is in use"));
    if (daemon->outlook)
        daemon_renew(daemon); /* pages may have warned of the former one */
    return true;
}

void certificate_look(struct daemon *daemon)
{
    struct door door = {0};
    struct err err = {.lang = daemon->app->site->lang};
    if (!*daemon->tls_pair)
        return;
    if (!door_read_tls(&door, daemon->app->site, &err) || !take_over(daemon, &door, &err))
        log_error("%s", err.text);
    door_fini(&door);
}
