#include "deliver/deliver.h"

const char *outcome_name(enum outcome outcome)
{
    static const char *const names[] = {"taken", "later", "refused"};
    return names[outcome];
}

/* A server that refuses us as such (wrong password, no TLS, an unfriendly greeting) may be mended by the
 * administrator; one that refuses this receiver or this mail for good will not change its mind. */
enum outcome outcome_of_mail(CURLcode result, long code, bool sent_body)
{
    if (result == CURLE_OK)
        return OUTCOME_TAKEN;
    bool ours = code == 530 || code == 534 || code == 535 || code == 538; /* of logging in */
    bool spoken = result == CURLE_SEND_ERROR || result == CURLE_RECV_ERROR ||
                  (result == CURLE_WEIRD_SERVER_REPLY && sent_body);
    return spoken && code >= 500 && code < 600 && !ours ? OUTCOME_REFUSED : OUTCOME_LATER;
}

enum outcome outcome_of_call(CURLcode result, long code)
{
    if (result == CURLE_OK && code >= 200 && code < 300)
        return OUTCOME_TAKEN;
    bool again = code == 408 || code == 425 || code == 429;
    return result == CURLE_OK && code >= 400 && code < 500 && !again ? OUTCOME_REFUSED : OUTCOME_LATER;
}
