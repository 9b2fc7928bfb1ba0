#include "publish/form.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

struct form_field {
    char *name, *value;
};

struct form {
    VEC(struct form_field) fields;
};

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *at = c ? strchr(digits, c) : NULL;
    int place = at ? (int)(at - digits) : -1;
    return place < 16 ? place : place - 6;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A line's end becomes a blank: notes are one line. */
static bool add_decoded(struct text *out, unsigned char byte)
{
    if (byte == '\r' || byte == '\n' || byte == '\t')
        byte = ' ';
    if (byte < ' ' || byte == 0x7f)
        return false;
    text_add_bytes(out, &byte, 1);
    return true;
}

/* NULL: badly encoded. The caller owns the text. */
static char *decoded(const char *from, size_t n)
{
    auto_text out = {0};
    for (size_t i = 0; i < n; i++) {
        unsigned char byte = from[i] == '+' ? ' ' : (unsigned char)from[i];
        if (from[i] == '%') {
            int high = i + 2 < n ? hex_value(from[i + 1]) : -1, low = high < 0 ? -1 : hex_value(from[i + 2]);
            if (low < 0)
                return NULL;
            byte = (unsigned char)(16 * high + low);
            i += 2;
        }
        if (!add_decoded(&out, byte))
            return NULL;
    }
    const char *text = text_str(&out);
    size_t start = 0, end = out.n;
    while (start < end && is_blank(text[start]))
        start++;
    while (end > start && is_blank(text[end - 1]))
        end--;
    if (!utf8_valid(text, out.n, NULL))
        return NULL;
    struct text trimmed = {0};
    text_add_bytes(&trimmed, text + start, end - start);
    return text_take(&trimmed);
}

static bool field_read(struct form *form, const char *at, size_t n)
{
    const char *equals = n ? memchr(at, '=', n) : NULL;
    size_t name = equals ? (size_t)(equals - at) : n;
    if (!n)
        return true;
    if (form->fields.n == FORM_FIELDS_MOST)
        return false;
    struct form_field field = {decoded(at, name),
                               equals ? decoded(equals + 1, n - name - 1) : mem_strdup("")};
    *vec_push(&form->fields) = field;
    return field.name && field.value;
}

struct form *form_read(const char *body, size_t n, struct err *err)
{
    struct form *form = mem_alloc(sizeof *form);
    for (size_t at = 0; at < n;) {
        const char *end = memchr(body + at, '&', n - at);
        size_t length = end ? (size_t)(end - body) - at : n - at;
        if (!field_read(form, body + at, length)) {
            form_free(form);
            err_set(err, ERR_INPUT, "biểu mẫu không đọc được", "the form cannot be read");
            return NULL;
        }
        at += length + 1;
    }
    return form;
}

void form_free(struct form *form)
{
    if (!form)
        return;
    for (size_t i = 0; i < form->fields.n; i++) {
        mem_free(form->fields.at[i].name);
        mem_free(form->fields.at[i].value);
    }
    vec_free(&form->fields);
    mem_free(form);
}

const char *form_nth(const struct form *form, const char *name, size_t i)
{
    for (size_t j = 0; j < form->fields.n; j++)
        if (!strcmp(form->fields.at[j].name, name) && !i--)
            return form->fields.at[j].value;
    return NULL;
}

const char *form_text(const struct form *form, const char *name)
{
    const char *value = form_nth(form, name, 0);
    return value ? value : "";
}
