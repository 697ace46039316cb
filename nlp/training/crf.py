"""Log-likelihood of a linear-chain CRF (Lafferty et al. 2001): forward-backward in numpy, torch is slow at it."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch


class LogPartition(torch.autograd.Function):
    """Sum over the batch of log Z. emissions (batch, time, labels), transition (labels, labels), lengths (batch,)."""

    @staticmethod
    def forward(ctx: Any, emissions: torch.Tensor, transition: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        scores = emissions.detach().numpy().astype(np.float64)
        top = scores.max(-1, keepdims=True)
        local, step = np.exp(scores - top), np.exp(transition.detach().numpy().astype(np.float64))
        batch, time, labels = scores.shape
        inside = np.arange(time)[None] < lengths.numpy()[:, None]
        forward, scale = np.zeros((time, batch, labels)), np.ones((time, batch))
        state = local[:, 0]
        for now in range(time):
            if now:
                state = np.where(inside[:, now, None], (forward[now - 1] @ step) * local[:, now], forward[now - 1])
            scale[now] = state.sum(1)
            forward[now] = state / scale[now][:, None]
        backward, pairs = np.ones((time, batch, labels)), np.zeros((labels, labels))
        for now in range(time - 2, -1, -1):
            following = local[:, now + 1] * backward[now + 1] / scale[now + 1][:, None]
            following *= inside[:, now + 1, None]
            pairs += (forward[now].T @ following) * step
            backward[now] = np.where(inside[:, now + 1, None], following @ step.T, 1.0)
        marginals = (forward * backward).transpose(1, 0, 2) * inside[..., None]
        ctx.gradients = torch.from_numpy(marginals).float(), torch.from_numpy(pairs).float()
        return emissions.new_tensor(np.log(scale).sum() + (top[..., 0] * inside).sum())

    @staticmethod
    def backward(ctx: Any, *upstream: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, None]:
        emissions, transition = ctx.gradients
        return emissions * upstream[0], transition * upstream[0], None


def negative_log_likelihood(
    emissions: torch.Tensor, transition: torch.Tensor, gold: torch.Tensor, lengths: torch.Tensor
) -> torch.Tensor:
    """Mean per token; `gold` (batch, time) holds -1 behind each sequence's end."""
    inside = gold >= 0
    labels = gold.clamp(min=0)
    path = (emissions.gather(2, labels[..., None])[..., 0] * inside).sum()
    path = path + (transition[labels[:, :-1], labels[:, 1:]] * inside[:, 1:]).sum()
    total: torch.Tensor = LogPartition.apply(emissions, transition, lengths)  # type: ignore[no-untyped-call]
    return (total - path) / inside.sum()
