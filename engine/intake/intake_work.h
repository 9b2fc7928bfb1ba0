/* intake_work: what the files of this room share. */
#ifndef HANCHOT_INTAKE_INTAKE_WORK_H
#define HANCHOT_INTAKE_INTAKE_WORK_H

#include "intake/intake.h"

#include <nettle/sha2.h>
#include <sys/stat.h>

/* ---- reader: bytes in pieces ---- */

enum { READER_PIECE = 1 << 16, ROW_BYTES_MOST = 1 << 16 };

struct reader {
    int fd; /* or -1 */
    const char *bytes;
    int64_t size, seen;
    struct sha256_ctx sum;
    struct stat before;
    char piece[READER_PIECE];
};
MUST_CHECK bool reader_open(struct reader *reader, const struct intake_request *request, struct err *err);
/* The next bytes; n 0 at the end. */
MUST_CHECK bool reader_next(struct reader *reader, const char **bytes, size_t *n, struct err *err);
/* The checksum of all that was read; false: the file changed meanwhile. */
MUST_CHECK bool reader_close(struct reader *reader, char checksum[65]);

/* ---- values ---- */

enum number_style {
    NUMBER_COMMA_FILE,     /* "13.75" */
    NUMBER_SEMICOLON_FILE, /* "13.75" or "13,75" */
    NUMBER_PLAIN,          /* a number of JSON or of a sheet */
    NUMBER_SHEET_TEXT,     /* text in a sheet: digits only */
};
/* Why not, and what to write instead; hint.text may be empty. */
struct problem {
    struct err reason, hint;
};
void problem_init(struct problem *problem, enum lang lang);
/* Exact, scaled by 10^4, not negative, at most 15 digits of the scaled number; never a guess. */
MUST_CHECK bool value_parse(const char *text, enum number_style style, int decimals, int64_t *scaled,
                            struct problem *problem);
#define VALUE_SIZE 32
const char *value_text(int64_t scaled, char buf[VALUE_SIZE]); /* "13.75" */

/* ---- names ---- */

/* Texts and their numbers, by hash. */
struct names {
    struct {
        const char *text;
        uint32_t number;
    } * slots;
    size_t n, cap;
};
void names_add(struct names *names, const char *text, uint32_t number); /* text is borrowed */
bool names_find(const struct names *names, const char *text, uint32_t *number);
void names_fini(struct names *names);

/* ---- stage: rows wait, sorted by key and line ---- */

enum { STAGED_POISONED = 1 }; /* the key is known, the value could not be read */

struct staged {
    uint64_t key;
    int64_t value;
    uint64_t note_at;
    int32_t line;
    uint16_t note_size, flags;
};
uint64_t staged_key(uint32_t unit, uint32_t period, uint32_t metric);
static inline uint32_t staged_unit(uint64_t key)
{
    return (uint32_t)(key >> 36);
}
static inline uint32_t staged_period(uint64_t key)
{
    return (uint32_t)(key >> 16) & 0xfffff;
}
static inline uint32_t staged_metric(uint64_t key)
{
    return (uint32_t)key & 0xffff;
}
enum { PERIODS_MOST = 100000 }; /* every day, week, month … that hanchot knows, and some */

struct stage;
struct stage *stage_new(void);
void stage_free(struct stage *stage);
MUST_CHECK bool stage_add(struct stage *stage, const struct staged *row, const char *note, struct err *err);
MUST_CHECK bool stage_sort(struct stage *stage, struct err *err); /* after the last row */
/* The next row in order; *have false after the last. */
MUST_CHECK bool stage_next(struct stage *stage, struct staged *row, bool *have, struct err *err);
MUST_CHECK bool stage_note(struct stage *stage, const struct staged *row, struct text *note, struct err *err);
size_t stage_count(const struct stage *stage);

/* ---- rows ---- */

enum column { COLUMN_UNIT, COLUMN_METRIC, COLUMN_PERIOD, COLUMN_VALUE, COLUMN_NOTE, N_COLUMNS };
extern const char *const column_names[N_COLUMNS];

enum cell_kind {
    CELL_ABSENT,
    CELL_TEXT,   /* CSV; or text of a sheet or of JSON */
    CELL_NUMBER, /* a number of JSON or of a sheet */
    CELL_DATE,   /* a number that the sheet shows as a date */
    CELL_PERCENT,
    CELL_OTHER, /* true, an error of the sheet */
};
struct cell {
    enum cell_kind kind;
    const char *text; /* zero-terminated UTF-8 */
};
struct intake_row {
    int64_t line;
    struct cell cells[N_COLUMNS];
};

/* Which column of the file is which of ours; -1: a column without a name. */
enum { FILE_COLUMNS_MOST = 64 };
struct header {
    bool read;
    size_t n;
    int column[FILE_COLUMNS_MOST];
};

/* ---- the work ---- */

struct taking {
    struct store *store; /* or NULL */
    const struct rulebook *rulebook;
    const struct intake_request *request;
    struct intake_report *report;
    struct err *err; /* the system's trouble */
    struct reader *reader;
    enum number_style style; /* of CSV */
    const char *format;      /* "csv", "json", "xlsx" */
    bool stop;               /* the file as a whole is refused */
    /* the rules' names */
    const struct unit **units; /* by id */
    const struct metric **metrics;
    struct names unit_names, metric_names, period_names;
    VEC(const char *) periods;                    /* labels by number */
    uint32_t last_unit, last_metric, last_period; /* of the row before */
    struct stage *stage;
};

/* Notes a refused row. */
void intake_refuse(struct taking *taking, int64_t line, const char *column, const struct problem *problem);
/* The whole file is refused for this. */
void intake_stop(struct taking *taking, int64_t line, const struct problem *problem);
void intake_progress(struct taking *taking, int64_t done, int64_t all, int from, int to);

/* Checks the header's names; a wrong one stops the file. */
void header_read(struct taking *taking, struct header *header, int64_t line, const char *const *names,
                 size_t n);
/* A row of n cells in the file's order: counts it and stages or refuses it. False: the system failed. */
MUST_CHECK bool row_take(struct taking *taking, const struct header *header, int64_t line,
                         const struct cell *cells, size_t n);
/* A row whose cells have been named. */
MUST_CHECK bool row_check(struct taking *taking, const struct intake_row *row);
void check_init(struct taking *taking);
void check_fini(struct taking *taking);

/* Each reads the whole file, row by row. False: the system failed. */
MUST_CHECK bool intake_csv(struct taking *taking);
MUST_CHECK bool intake_json(struct taking *taking);
MUST_CHECK bool intake_xlsx(struct taking *taking);
/* Gives the faults, which are sorted, their lines of the file. */
void intake_json_lines(struct taking *taking);

/* All staged rows against each other and the ledger; writes them. */
MUST_CHECK bool intake_groups(struct taking *taking);

#endif
