"""How far apart two voices sound, and how clean: Resemblyzer's voice encoder and DNSMOS, without torch.

    pip install --no-deps resemblyzer==0.1.4 speechmos==0.0.1.1

The encoder is a three-layer LSTM over 40 mel bands (Wan et al., "Generalized end-to-end loss for
speaker verification", 2018); its weights come in Resemblyzer's package (Apache-2.0) and are run here in
numpy. DNSMOS P.835 (Reddy et al., 2022) comes in speechmos (MIT) and runs on onnxruntime.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections import OrderedDict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
import soxr

Array = npt.NDArray[np.float32]
RATE = 16_000  # Hz, of both models


class Ear:
    """Holds both models."""

    def __init__(self) -> None:
        self._weights = _weights(_inside("resemblyzer", "pretrained.pt"))
        self._mel = _mel_bands(40, 400)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        model = _inside("speechmos", "dnsmos_models/sig_bak_ovr.onnx")
        self._dnsmos = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def embedding(self, samples: Array, rate: int) -> Array:
        """Where the voice lies on the unit sphere, shape (256,)."""
        wav = _without_silence(_at_level(soxr.resample(samples, rate, RATE), -30.0))
        mel = self._spectrogram(np.pad(wav, (0, max(0, 160 * 160 - wav.size))))
        windows = [mel[k : k + 160] for k in range(0, len(mel) - 159, 77)]
        raw = np.maximum(
            self._lstm(np.stack(windows)) @ self._weights["linear.weight"].T + self._weights["linear.bias"], 0
        )
        mean = np.mean(raw / np.linalg.norm(raw, axis=1, keepdims=True), axis=0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)

    def dnsmos(self, samples: Array, rate: int) -> float:
        """Overall quality, 1 to 5, averaged over 9 s windows a second apart."""
        wav = soxr.resample(samples, rate, RATE)
        size = int(9.01 * RATE)
        wav = np.tile(wav, -(-size // wav.size))[: max(size, wav.size)]
        scores = []
        for k in range(0, wav.size - size + 1, RATE):
            overall = float(
                self._dnsmos.run(None, {"input_1": wav[None, k : k + size].astype(np.float32)})[0][0][2]
            )
            scores.append(-0.06766283 * overall**2 + 1.11546468 * overall + 0.04602535)
        return float(np.mean(scores))

    def _spectrogram(self, wav: Array) -> Array:
        padded = np.pad(wav, 200)
        window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 400)
        frames = np.lib.stride_tricks.sliding_window_view(padded, 400)[::160] * window
        return np.asarray(np.abs(np.fft.rfft(frames, axis=1)) ** 2 @ self._mel.T, np.float32)

    def _lstm(self, x: Array) -> Array:
        """The last layer's last hidden state; gates in torch's order: input, forget, cell, output."""
        for layer in range(3):
            w, u = self._weights[f"lstm.weight_ih_l{layer}"], self._weights[f"lstm.weight_hh_l{layer}"]
            bias = self._weights[f"lstm.bias_ih_l{layer}"] + self._weights[f"lstm.bias_hh_l{layer}"]
            h = c = np.zeros((x.shape[0], 256), np.float32)
            heard = x @ w.T + bias
            out = np.empty((x.shape[0], x.shape[1], 256), np.float32)
            for t in range(x.shape[1]):
                i, f, g, o = np.split(heard[:, t] + h @ u.T, 4, axis=1)
                c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
                h = _sigmoid(o) * np.tanh(c)
                out[:, t] = h
            x = out
        return x[:, -1]


def pitch(samples: Array, rate: int) -> float:
    """The median pitch in Hz, by the autocorrelation of 40 ms frames; 0 for a whisper."""
    size, low, high = rate * 40 // 1000, rate // 420, rate // 55
    found = []
    for k in range(0, samples.size - 2 * size, size // 2):
        frame = samples[k : k + 2 * size] - samples[k : k + 2 * size].mean()
        if np.sqrt(np.mean(frame**2)) < 0.02:
            continue
        spectrum = np.fft.rfft(frame, 4 * size)
        own = np.fft.irfft(np.abs(spectrum) ** 2)[: high + 1]
        below = np.flatnonzero(own < 0)  # past the lobe around zero, or a low voice is heard an octave up
        if not below.size or below[0] >= high:
            continue
        start = max(low, int(below[0]))
        lag = start + int(np.argmax(own[start:]))
        if own[lag] > 0.5 * own[0]:
            found.append(rate / lag)
    return float(np.median(found)) if len(found) > 20 else 0.0


def _inside(package: str, path: str) -> bytes:
    """A package's file, without importing the package: its code wants torch and librosa."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed; see the top of {__file__}")
    return (Path(spec.submodule_search_locations[0]) / path).read_bytes()


def _sigmoid(x: Array) -> Array:
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * x), np.float32)


def _at_level(wav: Array, dbfs: float) -> Array:
    """Louder where it is quieter than that; never quieter."""
    rms = float(np.sqrt(np.mean(wav**2)))
    return np.asarray(wav * max(1.0, 10 ** (dbfs / 20) / rms), np.float32)


def _without_silence(wav: Array) -> Array:
    """Frames of 30 ms within 40 dB of the loudest; Resemblyzer's own voice detector does much the same."""
    frames = wav[: wav.size // 480 * 480].reshape(-1, 480)
    level = np.sqrt(np.mean(frames**2, axis=1))
    return np.asarray(frames[level > level.max() / 100].reshape(-1), np.float32)


def _mel_bands(count: int, size: int) -> Array:
    """Triangles on Slaney's mel scale (linear to 1 kHz, then logarithmic), each of unit area."""
    step = np.log(6.4) / 27.0

    def hz(mel: Any) -> Any:
        return np.where(mel < 15.0, 200.0 / 3.0 * mel, 1000.0 * np.exp(step * (mel - 15.0)))

    top = 15.0 + np.log(RATE / 2 / 1000.0) / step
    edges = hz(np.linspace(0.0, top, count + 2))
    at = np.linspace(0.0, RATE / 2, size // 2 + 1)
    rising = (at - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - at) / np.diff(edges)[1:, None]
    return np.asarray(
        np.maximum(0.0, np.minimum(rising, falling)) * (2.0 / (edges[2:] - edges[:-2]))[:, None], np.float32
    )


class _Weights(pickle.Unpickler):
    """Reads torch's old checkpoint format; makes nothing but tensors and plain containers."""

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream)
        self.wanted: dict[str, list[Any]] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module == "torch" and name.endswith("Storage"):
            return name
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a list of weights")

    def persistent_load(self, pid: Any) -> Any:
        return pid[2]  # the storage's key


def _tensor(storage: str, offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: Any) -> Any:
    if stride != tuple(int(np.prod(size[k + 1 :])) for k in range(len(size))):
        raise pickle.UnpicklingError("a tensor is not stored row by row")
    return storage, offset, size


def _weights(checkpoint: bytes) -> dict[str, Array]:
    stream = io.BytesIO(checkpoint)
    for _ in range(3):  # magic number, format, machine
        _Weights(stream).load()
    state = _Weights(stream).load()["model_state"]
    keys = _Weights(stream).load()
    storages = {}
    for key in keys:
        (count,) = struct.unpack("<q", stream.read(8))
        storages[key] = np.frombuffer(stream.read(4 * count), np.float32)
    return {
        name: storages[key][offset : offset + int(np.prod(size))].reshape(size)
        for name, (key, offset, size) in state.items()
    }
