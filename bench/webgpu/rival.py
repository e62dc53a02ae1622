# SPDX-License-Identifier: Apache-2.0
"""Matrix products of a tuned library on a graphics card, in full f32: one JSON object in, one out."""
import json
import sys
import time


def with_torch(job):
    import torch

    if not torch.cuda.is_available():
        raise RuntimeError("PyTorch finds no graphics card")
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.set_float32_matmul_precision("highest")

    def rate(n, d, columns):
        a = torch.randn(n, d, device="cuda")
        b = torch.randn(columns, d, device="cuda").T
        return best(lambda: torch.matmul(a, b), torch.cuda.synchronize, 2 * n * d * columns, job["repeats"])

    return describe(f"PyTorch {torch.__version__}", torch.cuda.get_device_name(0), rate, job)


def with_cupy(job):
    import cupy

    def rate(n, d, columns):
        a = cupy.random.standard_normal((n, d), dtype=cupy.float32)
        b = cupy.random.standard_normal((columns, d), dtype=cupy.float32).T
        done = cupy.cuda.Device().synchronize
        return best(lambda: cupy.matmul(a, b), done, 2 * n * d * columns, job["repeats"])

    name = cupy.cuda.runtime.getDeviceProperties(0)["name"].decode()
    return describe(f"CuPy {cupy.__version__}", name, rate, job)


def best(multiply, wait, flops, repeats):
    """GFLOP/s of the best repeat, each of ten products."""
    multiply()
    wait()
    least = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        for _ in range(10):
            multiply()
        wait()
        least = min(least, (time.perf_counter() - start) / 10)
    return flops / least / 1e9


def describe(library, device, rate, job):
    return {"library": library, "device": device, "gigaflops": [rate(*shape) for shape in job["shapes"]]}


def main():
    job = json.loads(sys.argv[1])
    reasons = []
    for library in (with_torch, with_cupy):
        try:
            print(json.dumps(library(job)))
            return
        except Exception as error:
            reasons.append(str(error))
    print(json.dumps({"missing": "; ".join(reasons)}))


main()
