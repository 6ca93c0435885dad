"""Draws what `tmux capture-pane -e -p -N` printed as SVG: one rectangle for each run of
background, one glyph for each cell, so that columns stand where they stand in a terminal."""

import html
import re
import unicodedata

CELL_W, CELL_H, BASE, SIZE, PAD = 15, 33, 25.5, 25, 18
FONTS = "'JetBrains Mono','Noto Sans Mono CJK SC','Noto Color Emoji','DejaVu Sans Mono',monospace"
LOOKS = {
    "dark": {
        "fg": "#d8dee9", "bg": "#171b24", "dim": "#7d8798",
        "colors": ["#3b4252", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d8dee9",
                   "#7d8798", "#ff7a85", "#b5e890", "#ffd68a", "#82c4ff", "#de9bf5", "#7fdbe6", "#ffffff"],
    },
    "light": {
        "fg": "#24292f", "bg": "#ffffff", "dim": "#7a828c",
        "colors": ["#24292f", "#c4262e", "#1a7f37", "#9a6700", "#0550ae", "#8250df", "#1b7c83", "#6e7781",
                   "#57606a", "#a40e26", "#2da44e", "#bf8700", "#218bff", "#a475f9", "#3192aa", "#8c959f"],
    },
}


def svg(screens, columns, look):
    """An SVG of screens below each other, and its width and the height of one, in pixels."""
    look = LOOKS[look]
    screens = [screen.rstrip("\n").split("\n") for screen in screens]
    w = columns * CELL_W + 2 * PAD
    h = len(screens[0]) * CELL_H + 2 * PAD
    high = h * len(screens)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{w / 2}" height="{high / 2}" viewBox="0 0 {w} {high}">']
    for at, lines in enumerate(screens):
        out.append(f'<rect y="{at * h}" width="{w}" height="{h}" rx="18" fill="{look["bg"]}"/>')
        out.append(f'<g font-family="{FONTS}" font-size="{SIZE}" text-anchor="middle" xml:space="preserve">')
        state = {}
        for row, line in enumerate(lines):
            y = at * h + PAD + row * CELL_H
            for x, char, wide, style in cells(line, state):
                out.extend(cell(PAD + x * CELL_W, y, char, wide, style, look))
        out.append("</g>")
    out.append("</svg>")
    return "\n".join(out), w // 2, h // 2


def cell(left, y, char, wide, style, look):
    fg = color(style["fg"], look) if "fg" in style else look["fg"]
    bg = color(style["bg"], look) if "bg" in style else None
    if 2 in style and "fg" not in style:
        fg = look["dim"]
    if 7 in style:
        fg, bg = bg or look["bg"], fg
    if bg:
        yield f'<rect x="{left}" y="{y}" width="{wide * CELL_W + 0.5}" height="{CELL_H}" fill="{bg}"/>'
    if 4 in style:
        yield f'<rect x="{left}" y="{y + 29}" width="{wide * CELL_W}" height="2" fill="{fg}"/>'
    if char != " ":
        weight = ' font-weight="700"' if 1 in style else ""
        middle = left + wide * CELL_W / 2
        yield f'<text x="{middle}" y="{y + BASE}" fill="{fg}"{weight}>{html.escape(char)}</text>'


def color(value, look):
    """A color of the terminal's sixteen, of the 256, or a text such as `#rrggbb`."""
    if isinstance(value, str):
        return value
    if value < 16:
        return look["colors"][value]
    if value >= 232:
        return "#" + f"{8 + 10 * (value - 232):02x}" * 3
    levels = (0, 95, 135, 175, 215, 255)
    value -= 16
    return "#" + "".join(f"{levels[part]:02x}" for part in (value // 36, value // 6 % 6, value % 6))


def cells(line, state):
    """Column, character, width and style of each. The state goes on from line to line, as
    tmux writes it."""
    x = 0
    for part in re.finditer(r"\x1b\[([0-9;]*)m|\x1b\][^\x1b]*\x1b\\|([^\x1b])", line):
        char = part.group(2)
        if char is None:
            if part.group(1) is not None:
                apply(state, part.group(1))
            continue
        yield x, char, width(char), dict(state)
        x += width(char)


def width(char):
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def apply(state, codes):
    codes = [int(code or 0) for code in codes.split(";")]
    i = 0
    while i < len(codes):
        code = codes[i]
        if code == 0:
            state.clear()
        elif code in (1, 2, 4, 7):
            state[code] = True
        elif code in (22, 24, 27):
            for gone in {22: (1, 2), 24: (4,), 27: (7,)}[code]:
                state.pop(gone, None)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            state["fg"] = code - 30 if code < 90 else code - 82
        elif 40 <= code <= 47 or 100 <= code <= 107:
            state["bg"] = code - 40 if code < 100 else code - 92
        elif code == 39:
            state.pop("fg", None)
        elif code == 49:
            state.pop("bg", None)
        elif code in (38, 48) and codes[i + 1] == 5:
            state["fg" if code == 38 else "bg"] = codes[i + 2]
            i += 2
        elif code in (38, 48) and codes[i + 1] == 2:
            state["fg" if code == 38 else "bg"] = "#" + "".join(f"{part:02x}" for part in codes[i + 2:i + 5])
            i += 4
        i += 1
