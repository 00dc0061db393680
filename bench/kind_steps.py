"""The same steps of training as bench/training.ts in PyTorch, to be measured beside it.

Run: python3 bench/kind_steps.py decomposition|restoration [threads]. Prints least, median and processor seconds of a
step and peak memory in MB as JSON.
"""
import json
import resource
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


def conv(i, o, k=3):
    return nn.Conv2d(i, o, k, padding=k // 2)


def up(i, o):
    return nn.ConvTranspose2d(i, o, 2, 2, bias=False)


def act(x):
    return F.leaky_relu(x, 0.2)


class Decomposition(nn.Module):
    def __init__(self):
        super().__init__()
        self.g1, self.g2, self.g3 = conv(3, 32), conv(32, 64), conv(64, 128)
        self.up8, self.g8, self.up9, self.g9 = up(128, 64), conv(128, 64), up(64, 32), conv(64, 32)
        self.r, self.l1, self.l = conv(32, 3, 1), conv(32, 32), conv(64, 1, 1)

    def forward(self, x):
        g1 = act(self.g1(x))
        g2 = act(self.g2(F.max_pool2d(g1, 2)))
        g3 = act(self.g3(F.max_pool2d(g2, 2)))
        g8 = act(self.g8(torch.cat([self.up8(g3), g2], 1)))
        g9 = act(self.g9(torch.cat([self.up9(g8), g1], 1)))
        light = torch.sigmoid(self.l(torch.cat([act(self.l1(g1)), g9], 1)))
        return torch.sigmoid(self.r(g9)), light


class Restoration(nn.Module):
    def __init__(self):
        super().__init__()
        widths = [32, 64, 128, 256, 512]
        self.down = nn.ModuleList(nn.ModuleList([conv(i, o), conv(o, o)]) for i, o in zip([4] + widths, widths))
        pairs = list(zip(widths[::-1], widths[-2::-1]))
        self.rise = nn.ModuleList(nn.ModuleList([up(i, o), conv(2 * o, o), conv(o, o)]) for i, o in pairs)
        self.last = conv(32, 3)

    def forward(self, x):
        skips = []
        for level, (a, b) in enumerate(self.down):
            x = act(b(act(a(F.max_pool2d(x, 2) if level else x))))
            skips.append(x)
        for (u, a, b), skip in zip(self.rise, skips[-2::-1]):
            x = act(b(act(a(torch.cat([u(x), skip], 1)))))
        return torch.sigmoid(self.last(x))


KERNEL = torch.tensor([[0.0, 0.0], [-1.0, 1.0]]).view(1, 1, 2, 2)


def edges(x):
    for kernel in (KERNEL, KERNEL.transpose(2, 3)):
        g = F.conv2d(F.pad(x, (0, 1, 0, 1)), kernel).abs()
        yield (g - g.min()) / (g.max() - g.min() + 1e-4)


def decomposition_loss(net, low, high):
    n = low.shape[0]
    r, light = net(torch.cat([low, high]))
    (r1, r2), (l1, l2) = (r[:n], r[n:]), (light[:n], light[n:])
    weights = torch.tensor([0.2989, 0.587, 0.114]).view(1, 3, 1, 1)
    grey = [(image * weights).sum(1, keepdim=True) for image in (low, high)]
    loss = (r1 * l1 - low).abs().mean() + (r2 * l2 - high).abs().mean() + 0.01 * (r1 - r2).abs().mean()
    e1, e2 = list(edges(l1)), list(edges(l2))
    both = [a + b for a, b in zip(e1, e2)]
    loss = loss + 0.2 * sum(m * torch.exp(-10 * m) for m in both).mean()
    for e, g in ((e1, grey[0]), (e2, grey[1])):
        loss = loss + 0.15 * sum((a / b.clamp(min=0.01)).abs() for a, b in zip(e, edges(g))).mean()
    return loss


def main(which, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    if which == "decomposition":
        net, low, high = Decomposition(), torch.rand(10, 3, 48, 48), torch.rand(10, 3, 48, 48)
        loss_of = lambda: decomposition_loss(net, low, high)
    else:
        net, x, target = Restoration(), torch.rand(4, 4, 96, 96), torch.rand(4, 3, 96, 96)
        loss_of = lambda: F.mse_loss(net(x), target)
    optimiser = torch.optim.Adam(net.parameters(), 1e-4)
    seconds, used = [], []
    for _ in range(13):
        start, cpu = time.perf_counter(), time.process_time()
        optimiser.zero_grad()
        loss_of().backward()
        optimiser.step()
        seconds.append(time.perf_counter() - start)
        used.append(time.process_time() - cpu)
    timed = sorted(seconds[1:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"leastS": timed[0], "medianS": timed[6], "processorS": min(used[1:]), "peakMB": peak}))


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2)
