/* alert_list: alerts, what will be told and what was told, as people and programs read them: table, JSON,
 * CSV. The command and the API share it. */
#ifndef HANCHOT_PUBLISH_ALERT_LIST_H
#define HANCHOT_PUBLISH_ALERT_LIST_H

#include "alert/alerts.h"
#include "alert/proof.h"
#include "publish/listing.h"

/* All take plan, unit, format, lang and width of the options. False: unknown plan or unit (ERR_INPUT). */
MUST_CHECK bool alert_list(const struct outlook *outlook, const struct alerts *alerts,
                           const struct listing_options *options, struct text *out, struct err *err);
MUST_CHECK bool alert_list_next(const struct outlook *outlook, const struct comings *comings,
                                const struct listing_options *options, struct text *out, struct err *err);
/* What was told, in the order of telling, with what became of it; what was answered, by alert; what should
 * have been told and was not. */
struct alert_book {
    const struct notices *notices;
    const struct replies *replies;
    const struct dispatches *dispatches;
    const struct proof *proof;
};
MUST_CHECK bool alert_list_ledger(const struct outlook *outlook, const struct alert_book *book,
                                  const struct listing_options *options, struct text *out, struct err *err);

/* The caller owns the reference. */
struct json_t *alert_json(const struct alert *alert);
struct json_t *alert_notice_json(const struct notice *notice);

#endif
