/* What stands behind the lists: "/api/v1/explain" and "/api/v1/scorecard". */
#include "shell/daemon.h"

#include "publish/explain.h"
#include "publish/scoresheet.h"
#include "shell/telling.h"

#include <string.h>

bool query_day(const struct request *request, const char *name, int *day, struct err *err)
{
    const char *text = request_option(request, name);
    *day = DAY_NONE;
    return !text || day_parse(text, day, err) || err_wrap(err, "%s: ", name);
}

bool query_figures(const struct daemon *daemon, const struct request *request, struct figures_view *view,
                   struct err *err)
{
    int known_on;
    *view = (struct figures_view){.figures = daemon->figures};
    if (!query_day(request, "as-of", &view->as_of, err) || !query_day(request, "known-on", &known_on, err))
        return false;
    if (view->as_of == DAY_NONE)
        view->as_of = daemon->outlook->today;
    if (known_on != DAY_NONE)
        view->figures = view->own = figures_read(daemon->store, known_on, err);
    return view->figures != NULL;
}

static bool explain(struct daemon *daemon, const struct request *request, const struct figures_view *view,
                    struct text *body, struct err *err)
{
    struct explain_ask ask = {.outlook = daemon->outlook,
                              .figures = view->figures,
                              .id = request_option(request, "id"),
                              .unit = request_option(request, "unit"),
                              .period = request_option(request, "period"),
                              .as_of = view->as_of,
                              .full = query_asks(request, "full"),
                              .format = LISTING_JSON,
                              .lang = err->lang};
    if (!ask.id)
        return err_set(err, ERR_INPUT, "thiếu id", "id is missing");
    bool now = !request_option(request, "as-of") && !request_option(request, "known-on");
    struct notices *notices = now && telling_look(daemon, err) ? notices_read(daemon->store, err) : NULL;
    if (now && !notices)
        return false;
    struct alert_knowledge *alerts = now ? telling_knowledge(daemon, notices, err->lang) : NULL;
    ask.alerts = alerts;
    bool good = explain_write(&ask, body, err);
    alert_knowledge_free(alerts);
    notices_free(notices);
    return good;
}

static bool scorecard(const struct daemon *daemon, const struct request *request,
                      const struct figures_view *view, struct text *body, struct err *err)
{
    const struct listing_options listing = {.unit = request_option(request, "unit"),
                                            .from = DAY_NONE,
                                            .to = DAY_NONE,
                                            .format = LISTING_JSON,
                                            .lang = err->lang};
    return scoresheet_list(daemon->outlook, view->figures, request_option(request, "id"), view->as_of,
                           request_option(request, "period"), &listing, body, err);
}

struct answer *reasons_answer(struct daemon *daemon, const struct request *request)
{
    struct err err = {.lang = request_lang(daemon, request)};
    struct text body = {0};
    struct figures_view view;
    bool good = query_figures(daemon, request, &view, &err) &&
                (!strcmp(request->path, "/api/v1/explain") ? explain(daemon, request, &view, &body, &err)
                                                           : scorecard(daemon, request, &view, &body, &err));
    figures_free(view.own);
    if (good)
        return answer_new(200, ANSWER_JSON, &body, 0);
    text_fini(&body);
    return json_error(422, "invalid", err.text);
}
