"""The stages of training in their order; each reads files that the ones before it left."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from nlp.linking.linker import Linker
from nlp.tagging.net import best_paths, forbidden
from nlp.tagging.tagger import Tagger
from nlp.training import distil, judging, linking, teacher
from nlp.training.corpus import Article, Sample, read_articles, sample_of
from nlp.training.export import student_arrays, write_model
from nlp.training.student import Student, vocabulary_of

NEAREST = 900  # news texts in the second round
POLITICS = frozenset({"government", "minister", "ministers", "mp", "mps", "labour", "tory", "tories", "party", "union"})
HELD_OUT = 60  # articles of the training corpus that only the confidence learns from
TEACHER_EPOCHS, FIRST_EPOCHS, SECOND_EPOCHS, LAST_EPOCHS = 1.7, 5.0, 2.2, 3.2
WIDTH, LAYERS = 256, 4


@dataclass(frozen=True)
class Run:
    data: Path
    work: Path
    out: Path
    seed: int = 1
    shrink: float = 1.0

    def go(self, *, again: str | None = None) -> None:
        torch.set_num_threads(1)
        self.work.mkdir(parents=True, exist_ok=True)
        stages: dict[str, tuple[Path, Callable[[Path], None]]] = {
            "teacher": (self.work / "teacher.pt", self.train_teacher),
            "labels": (self.work / "labels.npz", self.label),
            "first": (self.work / "first.pt", self.train_first),
            "second": (self.work / "second.pt", self.train_second),
            "student": (self.work / "student.pt", self.train_student),
            "linker": (self.work / "linker.npz", self.train_linker),
            "export": (self.out, self.export),
        }
        forget = False
        for name, (path, stage) in stages.items():
            forget |= name == again
            if path.exists() and not forget and name != "export":
                print(f"{name}: {path} is there already")
                continue
            started = time.monotonic()
            print(f"{name}: begins", flush=True)
            stage(path)
            print(f"{name}: done in {(time.monotonic() - started) / 60:.1f} minutes, {path}", flush=True)

    @cached_property
    def _polnear(self) -> list[Article]:
        articles = read_articles(self.data / "polnear" / "train.jsonl")
        random.Random(self.seed + 6).shuffle(articles)
        return articles

    @cached_property
    def _gold(self) -> list[Sample]:
        return [sample_of(article) for article in self._polnear[HELD_OUT:]]

    @cached_property
    def _news(self) -> list[Sample]:
        return [sample_of(article) for article in read_articles(self.data / "unlabelled" / "news.jsonl")]

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        return vocabulary_of([sample.words for sample in self._gold + self._news], least=2)

    def train_teacher(self, path: Path) -> None:
        part = path.with_suffix(".part")
        teacher.train(self._gold, epochs=TEACHER_EPOCHS * self.shrink, seed=self.seed, save=part)
        part.rename(path)

    def label(self, path: Path) -> None:
        """The teacher's view of the unlabelled news."""
        model = teacher.Teacher()
        model.load_state_dict(torch.load(self.work / "teacher.pt"))
        views = teacher.posteriors(model, self._news)
        np.savez_compressed(path, view=np.concatenate(views).astype(np.float16))

    def train_first(self, path: Path) -> None:
        """A student of the gold alone, where the distilled one sets out from."""
        torch.manual_seed(self.seed)
        model = Student(self._vocabulary, width=WIDTH, layers=LAYERS)
        self._save(path, distil.train(model, self._gold, [], epochs=FIRST_EPOCHS * self.shrink, seed=self.seed))

    def train_second(self, path: Path) -> None:
        """On from there with the teacher's view of the news texts that are nearest to policy."""
        nearest = sorted(self._told, key=_political, reverse=True)[:NEAREST]
        model = self._student("first.pt")
        epochs = SECOND_EPOCHS * self.shrink
        self._save(path, distil.train(model, self._gold, nearest, epochs=epochs, seed=self.seed, rate=2e-3))

    def train_student(self, path: Path) -> None:
        """And with all of them, in smaller steps."""
        model = self._student("second.pt")
        epochs = LAST_EPOCHS * self.shrink
        self._save(path, distil.train(model, self._gold, self._told, epochs=epochs, seed=self.seed + 1, rate=1.2e-3))

    @cached_property
    def _told(self) -> list[Sample]:
        with np.load(self.work / "labels.npz") as stored:
            view = stored["view"].astype(np.float32)
        ends = np.cumsum([len(sample) for sample in self._news])[:-1]
        return [pseudo(sample, soft) for sample, soft in zip(self._news, np.split(view, ends), strict=True)]

    def _save(self, path: Path, model: Student) -> None:
        torch.save(model.state_dict(), path)

    def _student(self, name: str) -> Student:
        model = Student(self._vocabulary, width=WIDTH, layers=LAYERS)
        model.load_state_dict(torch.load(self.work / name))
        return model.eval()

    def train_linker(self, path: Path) -> None:
        examples = linking.link_examples(self._polnear, seed=self.seed)
        arrays: dict[str, Any] = {
            f"linker.{name}.{part}": value
            for name, (features, exists, target) in examples.items()
            for part, value in linking.fit_picker(features, exists, target, seed=self.seed).items()
        }
        np.savez(path, **arrays)

    def export(self, path: Path) -> None:
        """Fits the confidence to what the int8 tagger does on articles it has not seen, then writes everything."""
        arrays = student_arrays(self._student("student.pt"))
        with np.load(self.work / "linker.npz") as stored:
            arrays |= {name: stored[name] for name in stored.files}
        draft = self.work / "draft.npz"
        write_model(draft, arrays, self._vocabulary)
        tagger = Tagger.load(draft)
        content, source = (linking.scorer(_under(arrays, f"linker.{name}.")) for name in ("content", "source"))
        linker = Linker(content, source, confidence_scorer=content, uk_guideline=False)
        held_out = self._polnear[:HELD_OUT]
        features, right = judging.judged(tagger, linker, held_out)
        alone, alone_right = judging.judged_alone(tagger, linker, held_out)
        confidence = linking.fit_chance(
            np.concatenate([features, alone]), np.concatenate([right, alone_right]), seed=self.seed
        )
        arrays |= {f"linker.confidence.{name}": value for name, value in confidence.items()}
        linker = replace(linker, confidence_scorer=linking.scorer(confidence))
        arrays["linker.least"] = np.array(
            [self._least(tagger, linker, held_out), self._least(tagger, replace(linker, uk_guideline=True), self._uk)],
            dtype=np.float32,
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        size = write_model(path, arrays, self._vocabulary)
        print(f"{path}: {size / 1e6:.2f} MB; dropped below {arrays['linker.least']} (PolNeAR's guideline, the UK's)")
        self.report(path)

    @cached_property
    def _uk(self) -> list[Article]:
        return read_articles(self.data / "uk-politics" / "dev.jsonl")

    def _least(self, tagger: Tagger, linker: Linker, articles: list[Article]) -> float:
        features, right = judging.judged(tagger, linker, articles)
        chances = linker.confidence_scorer.chances(features)
        return judging.best_threshold(chances, right, sum(len(article.quotes) for article in articles))

    def report(self, path: Path) -> None:
        """The reliability tables on both dev corpora, as the model card has them."""
        polnear = read_articles(self.data / "polnear" / "dev.jsonl")
        for name, articles, uk_guideline in (("PolNeAR dev", polnear, False), ("uk-politics dev", self._uk, True)):
            linker = Linker.load(path, uk_guideline=uk_guideline)
            features, right = judging.judged(Tagger.load(path), linker, articles)
            chances = linker.confidence_scorer.chances(features)
            print(f"\n| {name}: confidence | attributions | mean | right |\n| --- | --- | --- | --- |")
            for row in judging.reliability(chances, right):
                print(
                    f"| {row['from']:.1f}–{row['to']:.1f} | {row['count']} | {row['mean']:.2f} | {row['right']:.2f} |"
                )


def _political(sample: Sample) -> float:
    """Political words per token."""
    return sum(word.lower() in POLITICS for word in sample.words) / max(1, len(sample))


def pseudo(sample: Sample, soft: NDArray[np.float32]) -> Sample:
    """The teacher's view with the best path through it as labels."""
    scores = np.log(soft + 1e-6)[:, None]
    path = best_paths(scores, forbidden(), np.array([len(soft)]))[:, 0] if len(soft) else sample.labels
    return replace(sample, labels=path, soft=soft)


def _under(arrays: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in arrays.items() if name.startswith(prefix)}
