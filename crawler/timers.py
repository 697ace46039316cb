"""A schedule that the machine keeps: the lines that cron wants, and the units that systemd wants."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from counting import counted
from crawler.results import CrawlError
from crawler.schedule import PATIENCE_S

DAY = 1440  # minutes


def cron_lines(command: Sequence[str], *, every_s: int, folder: Path, log: Path, environment: Mapping[str, str]) -> str:
    """A crontab: what ``crontab -e`` takes. Overlapping runs are told to wait by the crawl's own lock.

    Raises CrawlError when cron can't start anything that often.
    """
    variables = "".join(f"{name}={shlex.quote(value)} " for name, value in sorted(environment.items()))
    line = f"cd {shlex.quote(str(folder))} && {variables}{shlex.join(command)} >> {shlex.quote(str(log))} 2>&1"
    line = line.replace("%", "\\%")  # in a crontab a per cent sign is the end of the line
    return "".join(f"{time} {line}\n" for time in cron_times(every_s // 60))


def systemd_units(command: Sequence[str], *, every_s: int, folder: Path, environment: Mapping[str, str]) -> str:
    """A service and its timer, each under the name of the file that it belongs in."""
    variables = "".join(
        f"Environment={_unit_word(f'{name}={value}', dollar='$')}\n" for name, value in sorted(environment.items())
    )
    return f"""# ~/.config/systemd/user/quotewire.service
[Unit]
Description=Quotewire: fetch what is due, read it, publish it
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={str(folder).replace("%", "%%")}
{variables}ExecStart={" ".join(map(_unit_word, command))}
# 3: something to look at (`quotewire status` says what), though the run went well.
SuccessExitStatus=3
KillSignal=SIGTERM
TimeoutStopSec={PATIENCE_S}

# ~/.config/systemd/user/quotewire.timer
[Unit]
Description=Quotewire, every {counted(every_s // 60, "minute")}

[Timer]
OnBootSec=2min
OnUnitInactiveSec={every_s}s
Persistent=true

[Install]
WantedBy=timers.target

# Then: systemctl --user daemon-reload && systemctl --user enable --now quotewire.timer
"""


def cron_times(every: int) -> list[str]:
    """When cron is to start something every so many minutes: the five fields of as many lines as that takes.

    Cron's day begins anew at midnight, so that only a number of minutes that divides the day comes round evenly.
    Raises CrawlError for any other.
    """
    if not 0 < every <= DAY or DAY % every:
        near = sorted(minutes for minutes in range(1, DAY + 1) if DAY % minutes == 0)
        below, above = max(n for n in near if n < every), min(n for n in near if n > every)
        raise CrawlError(
            f"cron can't start anything every {counted(every, 'minute')}, since that does not divide the day: name "
            f"--every {below} or --every {above}, or take `quotewire schedule` itself or `--print systemd`, which "
            "keep to any number"
        )
    minutes: dict[int, list[int]] = {}  # by hour
    for moment in range(0, DAY, every):
        minutes.setdefault(moment // 60, []).append(moment % 60)
    hours: dict[tuple[int, ...], list[int]] = {}
    for hour, of_hour in minutes.items():
        hours.setdefault(tuple(of_hour), []).append(hour)
    return [f"{_field(of_hour, 60)} {_field(at, 24)} * * *" for of_hour, at in hours.items()]


def _field(values: Sequence[int], of: int) -> str:
    """Some of the numbers from 0 to ``of``, as a field of a crontab."""
    step = of // len(values)
    if len(values) == 1 or list(values) != list(range(0, of, step)):
        return ",".join(map(str, values))
    return "*" if step == 1 else f"*/{step}"


def _unit_word(word: str, *, dollar: str = "$$") -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", dollar)
    return f'"{escaped}"' if any(c in word for c in " \t'\"\\;") else escaped
