"""One bidirectional simple recurrent step over a whole sequence, with its gradient, in numpy (torch is slow at it)."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

Array = NDArray[np.float32]


def _sigmoid(values: Array) -> Array:
    found: Array = 0.5 * np.tanh(0.5 * values) + np.float32(0.5)
    return found


def _scan(keep: Array, carry: Array, half: int) -> None:
    """carry[t] += keep[t] * carry[t - 1] in place; the units behind `half` run from the end to the beginning."""
    last = len(carry) - 1
    ahead, back = carry[..., :half], carry[..., half:]
    keep_ahead, keep_back = keep[..., :half], keep[..., half:]
    for now in range(1, len(carry)):
        ahead[now] += keep_ahead[now] * ahead[now - 1]
        back[last - now] += keep_back[last - now] * back[last - now + 1]


class Recurrence(torch.autograd.Function):
    """gates (time, batch, 3 x width: new, keep, out), past (time, batch, width), inside (time, batch, 1).

    carry = keep * previous carry + (1 - keep) * new;  result = out * tanh(carry) + (1 - out) * past.
    """

    @staticmethod
    def forward(ctx: Any, gates: torch.Tensor, past: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
        raw, before = gates.detach().numpy(), past.detach().numpy()
        width = before.shape[-1]
        mask = inside.numpy()
        new = raw[..., :width] * mask
        keep, out = _sigmoid(raw[..., width : 2 * width]), _sigmoid(raw[..., 2 * width :])
        carry = (1 - keep) * new
        _scan(keep, carry, width // 2)
        squashed = np.tanh(carry)
        ctx.kept = new, keep, out, carry, squashed, before, mask
        return torch.from_numpy(before + out * (squashed - before))

    @staticmethod
    def backward(ctx: Any, *upstream: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, None]:
        new, keep, out, carry, squashed, before, mask = ctx.kept
        above = upstream[0].numpy()
        time, batch, width = above.shape
        half = width // 2
        flow = above * out
        into_past = above - flow
        flow *= 1 - squashed * squashed
        _scan_back(keep, flow, half)
        earlier = np.zeros_like(carry)
        earlier[1:, :, :half], earlier[:-1, :, half:] = carry[:-1, :, :half], carry[1:, :, half:]
        into = np.empty((time, batch, 3 * width), dtype=np.float32)
        rest = 1 - keep
        into[..., :width] = flow * rest * mask
        into[..., width : 2 * width] = flow * (earlier - new) * keep * rest
        into[..., 2 * width :] = above * (squashed - before) * out * (1 - out)
        return torch.from_numpy(into), torch.from_numpy(into_past), None


def _scan_back(keep: Array, flow: Array, half: int) -> None:
    """The gradient's way back through `_scan`, in place."""
    last = len(flow) - 1
    ahead, back = flow[..., :half], flow[..., half:]
    keep_ahead, keep_back = keep[..., :half], keep[..., half:]
    for now in range(1, len(flow)):
        ahead[last - now] += keep_ahead[last - now + 1] * ahead[last - now + 1]
        back[now] += keep_back[now - 1] * back[now - 1]
