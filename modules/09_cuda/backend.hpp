/// @file
/// The loops of module 04 and the matrix product of modules 05 to 08, by kernels.
#pragma once

#include "04_autograd/backend.hpp"
#include "09_cuda/matmul.hpp"
#include "09_cuda/reduce.hpp"
#include "09_cuda/transfer.hpp"

namespace gradbook {

// ---- exercise 9.13: a call of the host, done by the device --------------------------------------
//
// Each copies its operands to the device as they lie, launches the kernels of exercises 9.3, 9.4
// and 9.8, and copies the result back; in_rows and cuda_gemm stay on the device. Where there is
// nothing to compute, nothing is launched. Nothing stays on the device.

/// The same elements in row-major order without gaps: what kernels that know no strides are given.
/// @param x  of any layout
/// @returns  x itself where it lies so already; else a copy that strided_map_kernel made, which
///           never leaves the device
OnDevice in_rows(OnDevice x);

/// out = op(a), element by element, by strided_map_kernel.
/// @param op   what is computed
/// @param a    of any strides
/// @param out  of the same shape and any strides; it may be `a` itself
/// @throws ShapeError  as map of module 03 does
void cuda_map(MapOp op, const Array& a, Array& out);

/// out = op(a, b), broadcast, by strided_zip_kernel. No operand is copied to the device larger than
/// it is.
/// @param op   what is computed
/// @param a    of any strides
/// @param b    of any strides
/// @param out  of the shape that both have together and any strides; it may be an operand
/// @throws ShapeError  as zip of module 03 does
void cuda_zip(ZipOp op, const Array& a, const Array& b, Array& out);

/// Folds axes away, by reduce_warp_kernel, a block for each element of the result: the axes that
/// are folded become the last ones.
/// @param op       how two become one
/// @param a        of any strides
/// @param axes     which to fold away; −1 is the last. Of none, each element is folded alone
/// @param keepdim  whether each of them stays with size 1, or goes
/// @returns        all start_of(op) where an axis of size 0 is folded away
/// @throws RangeError  as reduce of module 03 does
Array cuda_reduce(ReduceOp op, const Array& a, const Axes& axes, bool keepdim);

/// The products of a batch, one after the other, by one launch of matmul_tiled_kernel.
/// @param g         of one of them; the strides say where the others are
/// @param products  how many there are, at most 65,535
/// @param a         in rows
/// @param b         in rows
/// @returns         (products, m, n), in rows
DeviceBuffer<float> cuda_gemm(const Gemm& g, int products, const OnDevice& a, const OnDevice& b);

/// (…, M, K) times (…, K, N), with the axes before broadcast, by one launch of matmul_tiled_kernel
/// for all of the batch.
/// @param a  of any strides; of two axes, it is on the device once for all of the batch
/// @param b  likewise
/// @throws ShapeError  as matmul of module 03 does
Array cuda_matmul(const Array& a, const Array& b);

/// out = a · b, by matmul_tiled_kernel: what a Product is made of.
/// @param a    (M, K), of any strides: a transposed matrix is one with other strides
/// @param b    (K, N), of any strides
/// @param out  (M, N) in row-major order
void cuda_multiply(const MatrixView& a, const MatrixView& b, Real* out);

// ---- given --------------------------------------------------------------------------------------

/// A backend that computes on the device what kernels know, and by the plain loops what they do
/// not.
class CudaBackend final : public Backend {
 public:
  /// "cuda".
  const char* name() const override { return "cuda"; }

  void map(const MapPrimitive& f, const Array& a, Array& out) const override {
    const auto op = op_of(f);
    if (!op) return plain_backend().map(f, a, out);
    cuda_map(*op, a, out);
  }

  void zip(const ZipPrimitive& f, const Array& a, const Array& b, Array& out) const override {
    const auto op = op_of(f);
    if (!op) return plain_backend().zip(f, a, b, out);
    cuda_zip(*op, a, b, out);
  }

  Array reduce(const ReducePrimitive& f, const Array& a, const Axes& axes,
               bool keepdim) const override {
    const auto op = op_of(f);
    return op ? cuda_reduce(*op, a, axes, keepdim) : plain_backend().reduce(f, a, axes, keepdim);
  }

  Array matmul(const Array& a, const Array& b) const override { return cuda_matmul(a, b); }
};

/// The one that everybody uses.
inline const Backend& cuda_backend() {
  static const CudaBackend backend;
  return backend;
}

}  // namespace gradbook
