#include "rulebook/luamessage.h"

#include <string.h>

/* In a pattern * stands for any text. In a text {1} is the first of these as it stands, {t1} as a type of
 * value, {v1} as Lua's name for a variable. */
struct saying {
    const char *lua, *vi, *en;
};

static const struct saying sayings[] = {
    /* The compiler. What comes first wins. */
    {"unfinished string", "chuỗi thiếu dấu ngoặc kép đóng trên cùng dòng: thêm dấu \" ở cuối chuỗi",
     "a string has no closing quote on its line: add the \" at its end"},
    {"unfinished long string (starting at line *)", "chuỗi dài mở bằng [[ ở dòng {1} chưa đóng: thêm ]]",
     "the long string opened with [[ on line {1} is not closed: add ]]"},
    {"unfinished long comment (starting at line *)", "chú thích mở bằng --[[ ở dòng {1} chưa đóng: thêm ]]",
     "the comment opened with --[[ on line {1} is not closed: add ]]"},
    {"malformed number", "số viết sai: mã như 1.2.3 hay 12a phải đặt trong ngoặc kép",
     "this is no number: codes like 1.2.3 or 12a must stand in quotes"},
    {"invalid escape sequence", "trong chuỗi, sau dấu \\ là ký tự không hợp lệ: muốn có dấu \\ thì viết \\\\",
     "in a string, \\ is followed by a wrong character: for a \\ write \\\\"},
    {"invalid long string delimiter", "dấu mở chuỗi dài viết sai: viết [[ … ]]",
     "wrong opening of a long string: write [[ … ]]"},
    {"decimal escape too large", "mã ký tự sau dấu \\ trong chuỗi viết sai: muốn có dấu \\ thì viết \\\\",
     "wrong character code behind \\ in a string: for a \\ write \\\\"},
    {"hexadecimal digit expected", "mã ký tự sau dấu \\ trong chuỗi viết sai: muốn có dấu \\ thì viết \\\\",
     "wrong character code behind \\ in a string: for a \\ write \\\\"},
    {"missing '*'", "mã ký tự \\u{…} trong chuỗi viết sai", "wrong character code \\u{…} in a string"},
    {"UTF-8 value too large", "mã ký tự \\u{…} trong chuỗi quá lớn",
     "the character code \\u{…} in a string is too large"},
    {"unexpected symbol near <eof>",
     "tệp hết giữa chừng: thiếu } hay ) để đóng, hoặc câu cuối chưa viết xong",
     "the file ends too soon: a } or ) is missing, or the last sentence is not finished"},
    {"lexical element too long", "chuỗi hay chú thích quá dài", "a string or comment is too long"},
    {"chunk has too many lines", "tệp có quá nhiều dòng", "the file has too many lines"},
    {"unexpected symbol",
     "chỗ này không đặt được như vậy: xem có thừa hay thiếu dấu phẩy, ngoặc, hay ngoặc kép quanh chữ",
     "this cannot stand here: look for a comma, bracket or quote too many or too few"},
    {"'}' expected (to close '{' at line *)",
     "thiếu dấu phẩy ở cuối mục trước, hoặc thiếu } để đóng { mở ở dòng {1}",
     "a comma is missing behind the entry before, or the } that closes the { of line {1}"},
    {"'}' expected", "thiếu dấu phẩy trước chỗ này, hoặc thiếu } để đóng {",
     "a comma is missing before this, or the } that closes a {"},
    {"'*' expected (to close '*' at line *)", "thiếu {1} để đóng {2} mở ở dòng {3}",
     "{1} is missing, to close the {2} of line {3}"},
    {"'=' expected", "thiếu dấu =", "a = is missing"},
    {"'=' or 'in' expected", "sau for phải là = hay in", "for must be followed by = or in"},
    {"',' expected", "thiếu dấu phẩy", "a comma is missing"},
    {"'*' expected", "thiếu {1}", "{1} is missing"},
    {"<eof> expected", "thừa chữ ở đây: xem có thừa end hay thừa } ở trên",
     "this is too much: look for an end or } too many above"},
    {"<name> expected", "thiếu tên ở đây: tên chỉ gồm chữ không dấu, số và _, không bắt đầu bằng số",
     "a name is missing here: names have plain letters, digits and _, and begin with no digit"},
    {"<name> or '...' expected", "thiếu tên đối số của hàm", "the name of an argument is missing"},
    {"function arguments expected", "sau tên phải là ( … ), { … } hay chuỗi trong ngoặc kép",
     "the name must be followed by ( … ), { … } or a string in quotes"},
    {"syntax error", "câu chưa trọn: sau một từ phải là chuỗi trong ngoặc kép, bảng { … } hay ( … )",
     "incomplete: a word must be followed by a string in quotes, a table { … } or ( … )"},
    {"cannot use '...' outside a vararg function", "dấu ... chỉ dùng trong hàm có đối số ...",
     "... is for functions that take ... only"},
    {"too many local variables (limit is *) in *",
     "quá nhiều biến local (tối đa {1}): các mục khai báo không cần biến riêng",
     "too many local variables (at most {1}): declarations need none"},
    {"too many * (limit is *) in *", "quá nhiều {1} trong một hàm (tối đa {2})",
     "too many {1} in one function (at most {2})"},
    {"function or expression needs too many registers", "biểu thức quá dài: tách thành nhiều phần",
     "the expression is too long: split it"},
    {"control structure too long", "khối lệnh quá dài: tách thành nhiều phần",
     "the block is too long: split it"},
    {"chunk has too many syntax levels", "lồng nhau quá sâu: bớt các lớp { … } hay chuỗi phép nối ..",
     "nested too deep: take away some { … } or a long chain of .."},
    {"attempt to assign to const variable '*'", "biến {1} đã khai báo <const>, không gán lại được",
     "the variable {1} is <const> and cannot be set again"},
    {"unknown attribute '*'", "không có thuộc tính <{1}> của biến", "there is no attribute <{1}>"},
    {"break outside * at line *", "break chỉ dùng trong vòng lặp", "break is for loops only"},
    {"no visible label '*' for *", "không có nhãn {1} cho goto", "there is no label {1} for goto"},
    {"label '*' already defined on line *", "nhãn {1} đã có ở dòng {2}",
     "the label {1} is already on line {2}"},
    /* The running code. */
    {"attempt to call a * value (*)", "không gọi được {v2} như một từ: đó là {t1}",
     "{v2} cannot be called: it is {t1}"},
    {"attempt to call a * value",
     "gọi {t1} như gọi một từ: có thể thiếu dấu phẩy giữa hai mục, hoặc thừa chuỗi hay bảng sau từ",
     "{t1} is called like a word: perhaps a comma is missing between two entries, or there is a string or "
     "table too many behind a word"},
    {"attempt to index a * value (*)", "{v2} là {t1}, không có khoá bên trong",
     "{v2} is {t1} and has no keys"},
    {"attempt to index a * value", "{t1} không có khoá bên trong", "{t1} has no keys"},
    {"attempt to perform arithmetic on a * value (*)", "không tính được với {v2}: đó là {t1}, không phải số",
     "{v2} cannot be computed with: it is {t1}, no number"},
    {"attempt to perform arithmetic on a * value", "không tính được với {t1}: cần số",
     "{t1} cannot be computed with: a number is needed"},
    {"attempt to perform bitwise operation on a * value*", "không tính được với {t1}: cần số nguyên",
     "{t1} cannot be computed with: a whole number is needed"},
    {"attempt to concatenate a * value (*)", "không nối được {v2} vào chuỗi: đó là {t1}",
     "{v2} cannot be joined to a string: it is {t1}"},
    {"attempt to concatenate a * value", "không nối được {t1} vào chuỗi",
     "{t1} cannot be joined to a string"},
    {"attempt to compare two * values", "không so sánh được {t1} với {t1}",
     "{t1} cannot be compared with {t1}"},
    {"attempt to compare * with *", "không so sánh được {t1} với {t2}", "{t1} cannot be compared with {t2}"},
    {"attempt to get length of a * value (*)", "{v2} là {t1}, không có độ dài",
     "{v2} is {t1} and has no length"},
    {"attempt to get length of a * value", "{t1} không có độ dài", "{t1} has no length"},
    {"attempt to divide by zero", "chia cho 0", "division by 0"},
    {"attempt to perform 'n%0'", "chia lấy dư cho 0", "remainder of a division by 0"},
    {"number* has no integer representation", "cần số nguyên, ở đây là số lẻ", "a whole number is needed"},
    {"table index is nil", "khoá của bảng không có giá trị (nil)", "the key of a table is nil"},
    {"table index is NaN", "khoá của bảng không phải số xác định (NaN)",
     "the key of a table is not a number (NaN)"},
    {"'for' step is zero", "bước của for là 0", "the step of for is 0"},
    {"bad 'for' * (number expected, got *)", "giá trị trong for phải là số, ở đây là {t2}",
     "the values of for must be numbers, here is {t2}"},
    {"attempt to * a '*' with a '*'", "không làm được phép tính này giữa {t2} và {t3}",
     "this cannot be done with {t2} and {t3}"},
    {"bad argument #* to '*' (* expected, got *)", "đối số thứ {1} của {2} phải là {t3}, ở đây là {t4}",
     "argument {1} of {2} must be {t3}, here it is {t4}"},
    {"bad argument #* to '*' (*)", "đối số thứ {1} của {2} không dùng được: {3}",
     "argument {1} of {2} is not usable: {3}"},
    {"wrong number of arguments to '*'", "số đối số của {1} không đúng", "wrong number of arguments to {1}"},
    {"invalid value (*) at index * in table for 'concat'",
     "table.concat: phần tử {2} là {t1}, không phải chuỗi hay số",
     "table.concat: element {2} is {t1}, neither a string nor a number"},
    {"invalid conversion '*' to 'format'", "string.format: không có kiểu {1}",
     "string.format: there is no {1}"},
    {"invalid conversion specification: '*'", "string.format: kiểu {1} viết sai",
     "string.format: {1} is written wrongly"},
    {"too many results to unpack", "table.unpack: quá nhiều giá trị", "table.unpack: too many values"},
    {"string slice too long", "đoạn chuỗi quá dài", "the piece of the string is too long"},
    {"assertion failed!", "điều kiện của assert không đúng", "the condition of assert does not hold"},
    {"variable '*' got a non-closable value", "biến {1} khai báo <close> với giá trị không đóng được",
     "the variable {1} is <close> but its value cannot be closed"},
    {"stack overflow*", "gọi lồng nhau quá sâu: xem có hàm nào gọi lại chính nó không kết thúc không",
     "calls are nested too deep: is there a function that calls itself without end?"},
    {"C stack overflow*",
     "lồng nhau quá sâu: bớt các lớp { … }, ( … ), chuỗi phép nối .. hay pcall lồng nhau",
     "nested too deep: take away some { … }, ( … ), a long chain of .. or nested pcall"},
    {"error in error handling", "gọi lồng nhau quá sâu", "calls are nested too deep"},
};

enum { MOST_PARTS = 4 };
struct part {
    const char *at;
    size_t n;
};

/* Whether the n bytes follow the pattern; fills what its stars stand for, each as short as can be, the last
 * as long. */
static bool matches(const char *pattern, const char *at, const char *end, struct part *parts)
{
    for (; *pattern; pattern++) {
        if (*pattern != '*') {
            if (at == end || *at++ != *pattern)
                return false;
            continue;
        }
        const char *next = strchr(pattern + 1, '*');
        size_t n = next ? (size_t)(next - pattern - 1) : strlen(pattern + 1);
        if (n > (size_t)(end - at))
            return false;
        const char *found = next && n ? memmem(at, (size_t)(end - at), pattern + 1, n) : end - n;
        if (!found || (!next && memcmp(found, pattern + 1, n) != 0))
            return false;
        *parts++ = (struct part){at, (size_t)(found - at)};
        at = found + n;
        pattern += n;
    }
    return at == end;
}

static bool part_is(const struct part *part, const char *text)
{
    return strlen(text) == part->n && memcmp(part->at, text, part->n) == 0;
}

static void add_type(struct text *out, enum lang lang, const struct part *part)
{
    static const struct saying types[] = {
        {"nil", "giá trị trống (nil)", "nothing (nil)"},
        {"no value", "giá trị trống (nil)", "nothing"},
        {"boolean", "giá trị đúng/sai", "true or false"},
        {"number", "số", "a number"},
        {"string", "chuỗi", "a string"},
        {"table", "bảng", "a table"},
        {"function", "một từ hay hàm", "a word or function"},
        {"userdata", "giá trị của một từ", "the value of a word"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (part_is(part, types[i].lua)) {
            text_add(out, say(lang, types[i].vi, types[i].en));
            return;
        }
    text_add_bytes(out, part->at, part->n);
}

/* "global 'x'", "field '?'" */
static void add_variable(struct text *out, enum lang lang, const struct part *part)
{
    static const struct saying kinds[] = {
        {"global '*'", "tên ", "the name "},
        {"field '?'", "một phần tử của bảng", "an element of a table"},
        {"field '*'", "khoá ", "the key "},
        {"local '*'", "biến ", "the variable "},
        {"upvalue '*'", "biến ", "the variable "},
        {"method '*'", "hàm ", "the function "},
        {"constant '*'", "hằng ", "the constant "},
    };
    struct part name = {0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (matches(kinds[i].lua, part->at, part->at + part->n, &name)) {
            text_add(out, say(lang, kinds[i].vi, kinds[i].en));
            if (name.n)
                text_addf(out, "'%.*s'", (int)name.n, name.at);
            return;
        }
    text_add_bytes(out, part->at, part->n);
}

static void add_filled(struct text *out, enum lang lang, const char *text, const struct part *parts)
{
    for (const char *c = text; *c; c++) {
        char kind = *c == '{' && strchr("tv", c[1]) && c[1] ? c[1] : '\0';
        const char *digit = c + 1 + (kind != '\0');
        if (*c != '{' || *digit < '1' || *digit > '0' + MOST_PARTS || digit[1] != '}') {
            text_add_bytes(out, c, 1);
            continue;
        }
        const struct part *part = &parts[*digit - '1'];
        if (kind == 't')
            add_type(out, lang, part);
        else if (kind == 'v')
            add_variable(out, lang, part);
        else
            text_add_bytes(out, part->at, part->n);
        c = digit + 1;
    }
}

static const char near_mark[] = " near ";

const char *luamessage_near(const char *message, size_t *n)
{
    const char *near = strstr(message, near_mark);
    if (!near)
        return NULL;
    near += sizeof near_mark - 1;
    *n = strlen(near);
    if (*n < 3 || *near != '\'' || near[*n - 1] != '\'')
        return NULL;
    *n -= 2;
    return near + 1;
}

static void add_near(struct text *out, enum lang lang, const char *message)
{
    size_t n;
    const char *near = luamessage_near(message, &n);
    if (near)
        text_addf(out, say(lang, " (gần '%.*s')", " (near '%.*s')"), (int)n, near);
    else if (strstr(message, " near <eof>"))
        text_add(out, say(lang, " (ở cuối tệp)", " (at the end of the file)"));
}

/* A few sayings are about the near token too. */
static bool says(const struct saying *saying, const char *message, struct part *parts)
{
    const char *near = strstr(message, near_mark);
    return matches(saying->lua, message, message + strlen(message), parts) ||
           (near && matches(saying->lua, message, near, parts));
}

void luamessage_add(struct text *out, enum lang lang, const char *message)
{
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++) {
        struct part parts[MOST_PARTS] = {0};
        if (!says(&sayings[i], message, parts))
            continue;
        add_filled(out, lang, say(lang, sayings[i].vi, sayings[i].en), parts);
        add_near(out, lang, message);
        text_addf(out, " [%s]", message);
        return;
    }
    text_add(out, message);
}
