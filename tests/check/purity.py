# SPDX-License-Identifier: MIT
"""Gate: lib/ calls nothing that reads a clock, a file, a locale or the environment."""

import check

BANNED = {
    "output": r"\w*printf|f?puts|f?putc|putchar|perror|\w*scanf",
    "files": r"f?open|fclose|f?read|f?write|fgets|fgetc|getc|fseek|ftell|fflush|remove|rename|stat",
    "time": r"time|clock|clock_gettime|gettimeofday|localtime\w*|gmtime\w*|mktime|strftime|timegm",
    "environment": r"s?getenv|secure_getenv|setenv|setlocale|localeconv|nl_langinfo|system",
    "locale": r"ato[ifl]l?|strto\w+|is(?:alpha|digit|alnum|space|upper|lower|punct)|to(?:upper|lower)",
    "control": r"abort|exit|_Exit|assert|setjmp|longjmp|signal|s?rand(?:om)?|qsort|bsearch|alloca",
    "strings": r"strcpy|strcat|strncpy|strncat|strdup|strndup|strtok\w*|strcasecmp|strstr",
    "maths": r"pow|floor|ceil|round|sqrt|fabs|fmod|log|log10|exp|ldexp|frexp",
}
MEMORY = r"\b(?:malloc|calloc|realloc|free|aligned_alloc)\s*\("
WORDS = r"\b__int128\b|\bgoto\s+(?!done\b)\w+|\blong\s+double\b"


def problems(root):
    """Banned calls, comments and literals apart. A member called like one is no call of it."""
    calls = "|".join(BANNED.values())
    for path in check.files(root, "lib/**/*.[ch]"):
        text = check.code(path)
        yield from check.places(root, path, rf"(?<![\w.>])(?:{calls})\s*\(", text)
        yield from check.places(root, path, WORDS, text)
        if path.parts[-2:] != ("base", "context.c"):
            yield from check.places(root, path, MEMORY, text)


SAMPLES = [
    ({"lib/base/a.c": '/* printf() */ const char *a = "time(";\n'}, None),
    ({"lib/base/a.c": "void a(void) { own_time(1); wbi_free(p); source->read(1); goto done; }\n"}, None),
    ({"lib/base/context.c": "void *p = malloc(1);\n"}, None),
    ({"lib/base/a.c": "\nvoid *p = malloc(1);\n"}, "a.c:2: malloc("),
    ({"lib/base/a.c": "void a(void) { snprintf(b, 1, c); }\n"}, "snprintf("),
    ({"lib/base/a.c": "int t = time (0);\n"}, "time ("),
    ({"lib/base/a.c": "char *e = getenv(n);\n"}, "getenv("),
    ({"lib/base/a.c": "double d = strtod(n, 0);\n"}, "strtod("),
    ({"lib/base/a.c": "void a(void) { f = fopen(n, m); }\n"}, "fopen("),
    ({"lib/base/a.c": "void a(void) { setlocale(0, m); }\n"}, "setlocale("),
    ({"lib/base/a.c": "void a(void) { goto again; }\n"}, "goto again"),
    ({"lib/base/a.h": "typedef __int128 wide;\n"}, "__int128"),
]

if __name__ == "__main__":
    check.main(problems, SAMPLES)
