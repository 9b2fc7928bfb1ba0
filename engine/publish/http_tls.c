/* GnuTLS, loaded when this server is to speak TLS. libmicrohttpd is part of this program, and what it asks of
 * GnuTLS goes through the functions below: eight libraries that a daemon on loopback or behind a proxy never
 * calls would take a tenth of each cold start and two megabytes. */
#include "publish/http_private.h"

#include "base/library.h"

#include <dlfcn.h>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

bool tls_open(struct err *err)
{
    return dlopen(LIBGNUTLS, RTLD_NOW | RTLD_GLOBAL) || /* never closed */
           err_set(err, ERR_ENV, "không nạp được thư viện %s để phát HTTPS: cài gói có nó",
                   "cannot load the library %s that speaks TLS: install its package", LIBGNUTLS);
}

/* libmicrohttpd calls these two at the start and end of every program; GnuTLS sets itself up when it is
 * loaded. */
__attribute__((visibility("hidden"))) int gnutls_global_init(void)
{
    return GNUTLS_E_SUCCESS;
}

__attribute__((visibility("hidden"))) void gnutls_global_deinit(void)
{
}

/* Asked for with shared secrets (PSK) only, which this server does not use. */
gnutls_alloc_function gnutls_malloc __attribute__((visibility("hidden"), section(".data.rel.ro"))) = NULL;

/* Hidden, so that GnuTLS itself does not take them for its own. */
#define FORWARD(type, name, parameters, arguments)                                                           \
    __attribute__((visibility("hidden"))) type name parameters                                               \
    {                                                                                                        \
        __typeof__(name) *loaded;                                                                            \
        must(library_find(NULL, #name, &loaded));                                                            \
        return loaded arguments;                                                                             \
    }

FORWARD(int, gnutls_alpn_set_protocols,
        (gnutls_session_t session, const gnutls_datum_t *protocols, unsigned protocols_size, unsigned flags),
        (session, protocols, protocols_size, flags))
FORWARD(int, gnutls_bye, (gnutls_session_t session, gnutls_close_request_t how), (session, how))
FORWARD(int, gnutls_certificate_allocate_credentials, (gnutls_certificate_credentials_t * res), (res))
FORWARD(void, gnutls_certificate_free_credentials, (gnutls_certificate_credentials_t sc), (sc))
FORWARD(void, gnutls_certificate_server_set_request,
        (gnutls_session_t session, gnutls_certificate_request_t req), (session, req))
FORWARD(void, gnutls_certificate_set_dh_params,
        (gnutls_certificate_credentials_t res, gnutls_dh_params_t dh_params), (res, dh_params))
FORWARD(void, gnutls_certificate_set_retrieve_function2,
        (gnutls_certificate_credentials_t cred, gnutls_certificate_retrieve_function2 *func), (cred, func))
FORWARD(void, gnutls_certificate_set_retrieve_function3,
        (gnutls_certificate_credentials_t cred, gnutls_certificate_retrieve_function3 *func), (cred, func))
FORWARD(int, gnutls_certificate_set_x509_key_mem,
        (gnutls_certificate_credentials_t res, const gnutls_datum_t *cert, const gnutls_datum_t *key,
         gnutls_x509_crt_fmt_t type),
        (res, cert, key, type))
FORWARD(int, gnutls_certificate_set_x509_key_mem2,
        (gnutls_certificate_credentials_t res, const gnutls_datum_t *cert, const gnutls_datum_t *key,
         gnutls_x509_crt_fmt_t type, const char *pass, unsigned flags),
        (res, cert, key, type, pass, flags))
FORWARD(int, gnutls_certificate_set_x509_trust_mem,
        (gnutls_certificate_credentials_t res, const gnutls_datum_t *ca, gnutls_x509_crt_fmt_t type),
        (res, ca, type))
FORWARD(gnutls_cipher_algorithm_t, gnutls_cipher_get, (gnutls_session_t session), (session))
FORWARD(int, gnutls_credentials_set, (gnutls_session_t session, gnutls_credentials_type_t type, void *cred),
        (session, type, cred))
FORWARD(void, gnutls_deinit, (gnutls_session_t session), (session))
FORWARD(void, gnutls_dh_params_deinit, (gnutls_dh_params_t dh_params), (dh_params))
FORWARD(int, gnutls_dh_params_import_pkcs3,
        (gnutls_dh_params_t params, const gnutls_datum_t *pkcs3_params, gnutls_x509_crt_fmt_t format),
        (params, pkcs3_params, format))
FORWARD(int, gnutls_dh_params_init, (gnutls_dh_params_t * dh_params), (dh_params))
FORWARD(int, gnutls_handshake, (gnutls_session_t session), (session))
FORWARD(int, gnutls_init, (gnutls_session_t * session, unsigned flags), (session, flags))
FORWARD(void, gnutls_priority_deinit, (gnutls_priority_t priority_cache), (priority_cache))
FORWARD(int, gnutls_priority_init,
        (gnutls_priority_t * priority_cache, const char *priorities, const char **err_pos),
        (priority_cache, priorities, err_pos))
FORWARD(int, gnutls_priority_set, (gnutls_session_t session, gnutls_priority_t priority), (session, priority))
FORWARD(gnutls_protocol_t, gnutls_protocol_get_version, (gnutls_session_t session), (session))
FORWARD(int, gnutls_psk_allocate_server_credentials, (gnutls_psk_server_credentials_t * sc), (sc))
FORWARD(void, gnutls_psk_free_server_credentials, (gnutls_psk_server_credentials_t sc), (sc))
FORWARD(void, gnutls_psk_set_server_credentials_function,
        (gnutls_psk_server_credentials_t cred, gnutls_psk_server_credentials_function *func), (cred, func))
FORWARD(size_t, gnutls_record_check_pending, (gnutls_session_t session), (session))
FORWARD(int, gnutls_record_get_direction, (gnutls_session_t session), (session))
FORWARD(ssize_t, gnutls_record_recv, (gnutls_session_t session, void *data, size_t data_size),
        (session, data, data_size))
FORWARD(ssize_t, gnutls_record_send, (gnutls_session_t session, const void *data, size_t data_size),
        (session, data, data_size))
FORWARD(void *, gnutls_session_get_ptr, (gnutls_session_t session), (session))
FORWARD(void, gnutls_session_set_ptr, (gnutls_session_t session, void *ptr), (session, ptr))
FORWARD(const char *, gnutls_strerror, (int error), (error))
FORWARD(void, gnutls_transport_set_int2, (gnutls_session_t session, int r, int s), (session, r, s))

/* For the certificates of the shell. */
FORWARD(int, gnutls_x509_crt_init, (gnutls_x509_crt_t * cert), (cert))
FORWARD(void, gnutls_x509_crt_deinit, (gnutls_x509_crt_t cert), (cert))
FORWARD(int, gnutls_x509_crt_import,
        (gnutls_x509_crt_t cert, const gnutls_datum_t *data, gnutls_x509_crt_fmt_t format),
        (cert, data, format))
FORWARD(time_t, gnutls_x509_crt_get_expiration_time, (gnutls_x509_crt_t cert), (cert))
