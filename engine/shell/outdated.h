/* outdated: letters that have not arrived and need not arrive any more: a newer one to the same receiver
 * tells all of it that is open, or nothing in it is open. What somebody asked to have sent again is sent. */
#ifndef HANCHOT_SHELL_OUTDATED_H
#define HANCHOT_SHELL_OUTDATED_H

#include "alert/post.h"
#include "shell/boxes.h"
#include "shell/daemon.h"

/* An alert told to an office. */
struct parcel_row {
    const struct alert *alert;
    const char *unit; /* "": those who run hanchot */
};

/* One mail or one call. */
struct parcel {
    struct box *box;
    char *head; /* of the notice that carries the others: "digest:an@example.gov.vn" */
    enum post_kind kind;
    VEC(const struct alert *) list;
    VEC(struct parcel_row) rows; /* what is told by it for the first time */
};
bool parcel_is_digest(const char *head);

struct outdated {
    int64_t notice;
    size_t newer; /* the parcel that tells it instead */
};
#define OUTDATED_BY_NOTHING SIZE_MAX /* nothing in it is open any more */
struct outdated_list {
    VEC(struct outdated) list;
};

struct outdated_look {
    struct daemon *daemon;
    const struct box *box;
    const struct parcel *parcels; /* those from `first` on that go to the same box are newer */
    size_t first, n;
    int64_t before; /* what was told in the same round is told by no other parcel of it */
    bool ended;     /* looks whether nothing in them is open too */
};
/* Adds the letters that are out of date. Gives how often it asked the ledger. */
size_t outdated_look(const struct outdated_look *look, struct outdated_list *out, struct err *err);

#endif
