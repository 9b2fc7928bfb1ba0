/* rows: what a ledger holds, one row a line, fields between "|": rows DATABASE SELECT */
#include <sqlite3.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *select = NULL;
    int status = SQLITE_ERROR;
    if (argc == 3 && sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
        sqlite3_busy_timeout(db, 10000) == SQLITE_OK &&
        sqlite3_prepare_v2(db, argv[2], -1, &select, NULL) == SQLITE_OK) {
        while ((status = sqlite3_step(select)) == SQLITE_ROW)
            for (int i = 0, n = sqlite3_column_count(select); i < n; i++) {
                const unsigned char *text = sqlite3_column_text(select, i);
                printf("%s%c", text ? (const char *)text : "", i + 1 < n ? '|' : '\n');
            }
    }
    if (status != SQLITE_DONE)
        fprintf(stderr, "rows: %s\n", db ? sqlite3_errmsg(db) : "DATABASE SELECT");
    sqlite3_finalize(select);
    sqlite3_close(db);
    return status != SQLITE_DONE;
}
