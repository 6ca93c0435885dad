"""The animated picture: a demo in which a failure is found, read and copied."""

import pathlib
import subprocess
import time

import draw
from terminal import Terminal

COLUMNS, ROWS, SCALE = 110, 30, 4 / 3
# Seconds between looks at the screen, and at most this many screens in one drawing.
INTERVAL, STACK = 0.4, 16
# Seconds, then a key.
STORY = [
    (6.0, "g"), (0.8, "]"), (0.8, "]"), (2.2, "l"), (2.4, "h"), (0.4, "/"), (0.8, "=f"), (0.2, "=a"), (0.2, "=i"),
    (0.2, "=l"), (0.2, "=e"), (0.2, "=d"), (1.2, "Enter"), (2.4, "Escape"), (0.8, "5"), (2.6, "Escape"), (0.4, "2"),
    (0.6, "Enter"), (3.0, "Escape"), (0.4, "1"), (0.2, "G"), (2.4, None),
]


def take(imscope, env, folder, file):
    """Takes the animation into a file."""
    screens = record(imscope, env)
    images = pictures([screen for screen, _ in screens], folder)
    # One palette for all, so that what stays is equal in all, and only changes are stored.
    from PIL import Image
    sheet = Image.new("RGB", (images[0].width, images[0].height * 4))
    for at in range(4):
        sheet.paste(images[at * (len(images) - 1) // 3], (0, at * images[0].height))
    palette = sheet.quantize(64, dither=Image.Dither.NONE)
    images = [it.quantize(palette=palette, dither=Image.Dither.NONE) for it in images]
    images[0].save(file, save_all=True, append_images=images[1:], duration=[int(time * 1000) for _, time in screens],
                   loop=0, optimize=True, disposal=1)
    print(f"screenshots/{file.name}: {len(images)} screens, {file.stat().st_size:,} bytes")


def record(imscope, env):
    """The screens of the story that differ, with the seconds that each is shown."""
    screens = []
    with Terminal(f"exec {imscope} demo --rate 2 --for 60s --utc --theme dark", COLUMNS, ROWS, env) as terminal:
        terminal.wait("Flow")
        before = time.monotonic()

        def look():
            nonlocal before
            screen, now = terminal.screen(), time.monotonic()
            if not screens or screens[-1][0] != screen:
                screens.append([screen, 0.0])
            screens[-1][1] += now - before
            before = now

        for seconds, key in STORY:
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                look()
                time.sleep(INTERVAL)
            if key:
                terminal.press(key)
    return screens


def pictures(screens, folder):
    """The screens drawn."""
    from PIL import Image
    images = []
    for start in range(0, len(screens), STACK):
        part = screens[start:start + STACK]
        image, width, height = draw.svg(part, COLUMNS, "dark")
        svg, png = pathlib.Path(folder, "part.svg"), pathlib.Path(folder, "part.png")
        svg.write_text(image)
        render = pathlib.Path(__file__).parent / "render"
        subprocess.run([render, svg, png, str(width), str(height * len(part)), str(SCALE)], check=True)
        sheet = Image.open(png).convert("RGB")
        high = sheet.height // len(part)
        images += [sheet.crop((0, at * high, sheet.width, (at + 1) * high)) for at in range(len(part))]
    return images
