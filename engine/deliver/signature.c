#include "deliver/deliver.h"

#include <inttypes.h>
#include <nettle/hmac.h>

void signature_write(const char *secret, size_t n_secret, int64_t at, const char *body, size_t n_body,
                     struct text *out)
{
    struct hmac_sha256_ctx hmac;
    uint8_t digest[SHA256_DIGEST_SIZE];
    auto_text head = {0};
    text_addf(&head, "%" PRId64 ".", at);
    hmac_sha256_set_key(&hmac, n_secret, (const uint8_t *)secret);
    hmac_sha256_update(&hmac, head.n, (const uint8_t *)head.at);
    hmac_sha256_update(&hmac, n_body, (const uint8_t *)body);
    hmac_sha256_digest(&hmac, sizeof digest, digest);
    text_addf(out, "t=%" PRId64 ",v1=", at);
    for (size_t i = 0; i < sizeof digest; i++)
        text_addf(out, "%02x", digest[i]);
}
