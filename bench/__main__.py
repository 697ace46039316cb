"""`python -m bench all` prints every figure; `gate` measures a subset and fails when one sinks below its floor."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bench.corpora import missing

FLOORS = Path(__file__).with_name("floors.json")
EVERY = 4  # one PolNeAR article in so many is in the gate: what fits its two minutes
MARGIN = 1.0  # percent under the figure reached: another processor rounds differently


@click.group()
def bench() -> None:
    """Accuracy and speed, printed; the gate holds what has been reached."""
    if why := missing():
        click.echo(f"bench: {why}", err=True)
        raise SystemExit(0)


@bench.command("all")
def all_() -> None:
    """Every figure on the whole dev corpora, and the speed of the reading."""
    from bench import reading

    for figures in (reading.uk_politics(), reading.polnear(), reading.speed()):
        _show(figures, {})


@bench.command()
@click.option(
    "--raise",
    "raise_floors",
    is_flag=True,
    help="Write the figures reached, less a margin, as floors; never lower one.",
)
def gate(raise_floors: bool) -> None:
    """Measure the gate's subset; exit with 1 when a figure is below its floor."""
    from bench import reading
    from bench.corpora import heldout as gold

    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    figures = reading.uk_politics() | reading.scored("heldout", gold()) | reading.polnear(every=EVERY)
    _show(figures, floors)
    if raise_floors:
        kept = {name: max(round(value - MARGIN, 1), floors.get(name, 0.0)) for name, value in figures.items()}
        FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        return
    if below := sunk(figures, floors):
        raise click.ClickException(f"below the floor: {', '.join(below)}")


def sunk(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """The names of the figures that are below their floor or were not measured at all."""
    return [name for name, floor in floors.items() if figures.get(name, 0.0) < floor]


@bench.command("peers")
def peers_() -> None:
    """Speed and quotes of ours beside plain spaCy and textacy, on the same articles in this one process."""
    from bench import peers

    for line in peers.compared():
        click.echo(line)


@bench.command("stories")
@click.option("--large/--no-large", default=True, help="Measure the speed at 100,000 stored articles too (minutes).")
def stories_(large: bool) -> None:
    """Wire copies beside MinHash LSH: pairwise F1, false merges, documents a CPU second; and quotes found again."""
    from bench import copy_peers, said_again, stories

    for figures in (stories.wire_copies, stories.apart, said_again.recall):
        _show(_rounded(figures()), {})
    for line in copy_peers.compared():
        click.echo(line)
    for stored, days in ((15_000, 60), (100_000, 400))[: 1 + large]:
        _show(_rounded(stories.speed(stored=stored, days=days)), {})


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in figures.items()}


@bench.command("pronouns")
def pronouns_() -> None:
    """GAP validation: F1 of the pronoun scorer, overall, masculine, feminine, and the ratio of the two."""
    from bench import pronouns

    _show(pronouns.gap(), {})


@bench.command("speakers")
def speakers_() -> None:
    """How often a speaker of each confidence is right, on gold that rules were written beside and on the rest."""
    from bench import speakers

    for line in speakers.reliability():
        click.echo(line)


@bench.command()
def heldout() -> None:
    """Every figure on our own gold: the half that rules were tried on, the half that nobody looked at, the second.

    Then people, roles, positions, services and policies on both parts of the third.
    """
    from bench import reading
    from bench.corpora import THIRD_UNSEEN, second, third
    from bench.corpora import heldout as gold

    rows = gold()
    half = len(rows) // 2
    parts = (("looked at", rows[:half]), ("not looked at", rows[half:]), ("second gold, looked at", second()))
    for name, part in parts:
        click.echo(f"{name}: {len(part)} articles")
        _show(reading.scored("heldout", part), {})
    for name, part in (("third gold, looked at", third()), ("third gold, not looked at", third(THIRD_UNSEEN))):
        click.echo(f"{name}: {len(part)} articles")
        _show(reading.entities("third", part), {})


@bench.command("stance")
def stance_() -> None:
    """Macro-F1 of the stance scorer on the dev parts of DSE (directed) and NewsMTSC."""
    from bench import stance

    _show(stance.figures(), {})


@bench.command("readers")
def readers_() -> None:
    """Grammar, tagger and both on the same articles, and how often a quote of each confidence is right."""
    from bench import readers
    from bench.corpora import POLNEAR_DEV, UK_DEV, read
    from bench.corpora import heldout as gold

    for name, rows in (("our own gold", gold()), ("uk-politics dev", read(UK_DEV)), ("PolNeAR dev", read(POLNEAR_DEV))):
        for reader, figures in readers.compare(rows):
            click.echo(f"{name}, {reader}: " + ", ".join(f"{key} {value}" for key, value in figures.items()))
        for band, count, right in readers.reliability(rows):
            click.echo(f"{name}, confidence {band:.1f} to {band + 0.1:.1f}: {count} quotes, {right:.2f} right")


@bench.command()
def tagger() -> None:
    """The attribution tagger alone: accuracy by each guideline, words a CPU second together and one by one."""
    from bench import attributions

    attributions.main()


@bench.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def reviewed(file: Path) -> None:
    """The reading against FILE, what `quotewire reviews export` wrote; texts reviewed in part are left out."""
    from bench import reading
    from bench.corpora import read

    rows = [row for row in read(file) if row["complete"]]
    click.echo(f"{len(rows)} texts")
    if rows:
        _show(reading.scored("reviewed", rows), {})


@bench.command()
@click.option("--articles", default=50_000, show_default=True, help="How many articles to build; four quotes in each.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(__file__).with_name("out"),
    help="Where the database is built and kept for the next time.  [default: bench/out]",
)
def site(articles: int, folder: Path) -> None:
    """How fast the site answers at that size, beside plain Datasette; exits with 1 when a figure is not kept."""
    from bench import site as pages
    from bench.site_data import built

    folder.mkdir(parents=True, exist_ok=True)
    kept = True
    for figure in pages.measured(built(folder, articles)):
        click.echo(str(figure))
        kept &= figure.kept
    if not kept:
        raise SystemExit(1)


@bench.command()
@click.option("--pages", default=2_000, show_default=True, help="Pages in each of the crawls that are compared.")
@click.option(
    "--long", default=50_000, show_default=True, help="Pages in the crawl whose memory is watched; 0 for none."
)
def crawl(pages: int, long: int) -> None:
    """A crawl's cost beside bare Scrapy, the extraction's beside trafilatura alone; memory, WARC, and a kill."""
    from bench import crawl as crawling

    _show(crawling.figures(pages=pages, long=long, echo=click.echo), {})


def _show(figures: dict[str, float], floors: dict[str, float]) -> None:
    for name, value in figures.items():
        floor = f"  (floor {floors[name]})" if name in floors else ""
        click.echo(f"{name:28} {value:8}{floor}")


if __name__ == "__main__":
    bench()
