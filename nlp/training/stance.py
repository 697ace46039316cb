"""`python -m nlp.training.stance --data ../shared/data` trains the stance scorer and writes nlp/model/stance.npz.

A teacher (MiniLM-L6) is fine-tuned on the train parts of DSE and NewsMTSC; a student starts from what the teacher makes
of each word, and learns from the same texts and from the teacher's view of unlabelled sentences. The stages leave their
results in the work folder and are skipped when these are there.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from pathlib import Path

import numpy as np
import torch
from torch import nn

from nlp.build import build
from nlp.training import stance_teacher
from nlp.training.stance_corpus import FILES, TURNED, Case, directed, judged, parted
from nlp.training.stance_export import export
from nlp.training.stance_parsing import parsed, unlabelled
from nlp.training.stance_student import WORD, Question, Student, batches, ids_of, logits, padded, turned

APART = 0.06  # of the texts, to find the bias on
WORDS = 16000
SOFT = 10000  # unlabelled questions that the teacher answers
TEXTS = ("polnear/train.jsonl", "unlabelled/news.jsonl")
SMOOTH = 0.05


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m nlp.training.stance", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with stance/, polnear/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=Path("build/stance"), help="where the stages leave their results")
    parser.add_argument("--out", type=Path, default=Path("nlp/model/stance.npz"))
    parser.add_argument("--epochs", type=float, default=1.6, help="of the teacher")
    parser.add_argument("--rounds", type=int, default=3, help="epochs of the student")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    lacking = [str(given.data / name) for name in (*FILES, *TEXTS) if not (given.data / name).is_file()]
    if lacking:
        raise SystemExit(f"Training cannot begin, not there: {', '.join(lacking)}")
    torch.set_num_threads(1)
    given.work.mkdir(parents=True, exist_ok=True)
    pairs, pairs_apart = parted(directed(given.data / FILES[0]), APART, given.seed)
    lone, _ = parted(judged(given.data / FILES[1]), APART, given.seed)
    teacher = _teacher([*pairs, *lone], given.work / "teacher.pt", given.epochs, given.seed)
    soft = _soft(teacher, given.data, given.work / "soft.pkl", given.seed)
    gold = _questions([*pairs, *lone])
    model = _student(teacher, gold, soft, given.rounds, given.seed)
    bias = _bias(model, _questions(pairs_apart))
    export(model, given.out, bias=bias)
    print(f"{given.out}: {given.out.stat().st_size // 1024} kB, bias {bias:.1f}")


def _teacher(cases: list[Case], kept: Path, epochs: float, seed: int) -> stance_teacher.Teacher:
    if not kept.exists():
        return stance_teacher.train(cases, epochs=epochs, seed=seed, save=kept)
    model = stance_teacher.Teacher()
    model.load_state_dict(torch.load(kept))
    return model


def _soft(teacher: stance_teacher.Teacher, data: Path, kept: Path, seed: int) -> list[Question]:
    """Unlabelled sentences with the teacher's answers."""
    if not kept.exists():
        lines = [line for name in TEXTS for line in (data / name).read_text(encoding="utf-8").splitlines()]
        texts = [json.loads(line)["text"] for line in lines]
        found = list(unlabelled(build(), texts, seed))
        random.Random(seed).shuffle(found)
        views = stance_teacher.views(teacher, [case for case, _ in found[:SOFT]])
        rows = [Question(*asked, -1, view) for (_, asked), view in zip(found, views, strict=False)]
        kept.write_bytes(pickle.dumps(rows))
    return pickle.loads(kept.read_bytes())


def _questions(cases: list[Case]) -> list[Question]:
    asked = parsed(build(), cases)
    return [Question(*parts, case.label) for case, parts in zip(cases, asked, strict=True)]


def _student(
    teacher: stance_teacher.Teacher, gold: list[Question], soft: list[Question], rounds: int, seed: int
) -> Student:
    torch.manual_seed(seed)
    rng = random.Random(seed)
    ids = ids_of([*gold, *soft], WORDS)
    model = Student(ids)
    with torch.no_grad():
        vectors = stance_teacher.word_views(teacher, list(ids.words), WORD) / 2
        model.word.weight[1 : len(ids.words) + 1] = torch.from_numpy(vectors)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02)
    queue = [batch for _ in range(rounds) for batch in batches([*gold, *soft], 64, rng)]
    for step, batch in enumerate(queue):
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1.0, (step + 1) / 100) * max(0.02, 1 - step / len(queue))
        loss = _loss(model.train(), [turned(q, TURNED) if rng.random() < 0.5 else q for q in batch])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 50 == 49:
            print(f"student step {step + 1}/{len(queue)} loss {loss.item():.3f}", flush=True)
    return model


def _loss(model: Student, batch: list[Question]) -> torch.Tensor:
    """Cross-entropy with the labels, smoothed, or with the teacher's chances."""
    pair, lone = model(*padded([model.columns(question) for question in batch]))
    total = torch.zeros(())
    for row, question in enumerate(batch):
        scores = lone[row] if question.first is None else pair[row]
        if question.soft is None:
            total = total + nn.functional.cross_entropy(scores, torch.tensor(question.label), label_smoothing=SMOOTH)
        else:
            wanted = torch.from_numpy(question.soft[: len(scores)]).softmax(0)
            total = total - (wanted * scores.log_softmax(0)).sum()
    return total / len(batch)


def _bias(model: Student, questions: list[Question]) -> float:
    """How much is taken from "none" for the best macro-F1 of directed answers on texts kept apart."""
    back = logits(model, [turned(question, TURNED) for question in questions])[:, list(TURNED)]
    scores = (logits(model, questions) + back) / 2
    gold = np.array([question.label for question in questions])

    def macro(bias: float) -> float:
        moved = scores - np.array([bias, 0, 0, 0, 0])
        chances = np.exp(moved - moved.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        told, asked = [], []
        for well, badly in ((1, 3), (2, 4)):
            rest = 1 - chances[:, well] - chances[:, badly]
            told.append(np.stack([rest, chances[:, well], chances[:, badly]], 1).argmax(1))
            asked.append(np.select([gold == well, gold == badly], [1, 2], 0))
        answers, labels = np.concatenate(told), np.concatenate(asked)
        hits = [((answers == k) & (labels == k)).sum() for k in range(3)]
        return float(sum(2 * hits[k] / max(1, (answers == k).sum() + (labels == k).sum()) for k in range(3)))

    return float(max(np.arange(-1.0, 2.6, 0.2), key=macro))


if __name__ == "__main__":
    main()
