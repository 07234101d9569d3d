/// @file
/// The instructions of compute capability 9.0 that its product is made of: barriers in shared
/// memory that count bytes, tiles that the copy engine brings, and products of whole tiles by four
/// warps. They were compiled and never run.
/// @see  NVIDIA, "Parallel Thread Execution ISA", release 9.0: mbarrier, cp.async.bulk.tensor,
///       wgmma.mma_async, "Matrix Descriptor Format"
#pragma once

#include <cuda.h>

#include <cstdint>

#if defined(__CUDA_ARCH__) && !defined(__CUDA_ARCH_FEAT_SM90_ALL)
#error "wgmma and setmaxnreg are of sm_90a alone: -gencode=arch=compute_90a,code=sm_90a"
#endif

namespace gradbook::bench {

/// Where something lies in shared memory, in bytes, as instructions want it.
__device__ inline unsigned shared_address(const void* of) {
  return static_cast<unsigned>(__cvta_generic_to_shared(of));
}

/// A place where threads wait until others have arrived, and bytes as well. It has phases: the
/// first ends with that, and the next begins.
class Barrier {
 public:
  /// Made by one thread. @param arrivals  that end a phase
  __device__ void make(unsigned arrivals) {
    asm volatile("mbarrier.init.shared::cta.b64 [%0], %1;" ::"r"(address()), "r"(arrivals));
  }

  /// Makes what was made known to the copy engine.
  __device__ static void publish() {
    asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
  }

  /// One arrival.
  __device__ void arrive() {
    asm volatile("mbarrier.arrive.shared::cta.b64 _, [%0];" ::"r"(address()) : "memory");
  }

  /// One arrival; the phase does not end before so many bytes have been brought.
  __device__ void arrive_and_expect(unsigned bytes) {
    asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(address()),
                 "r"(bytes)
                 : "memory");
  }

  /// Waits until a phase has ended. @param parity  0 for the first phase, 1 for the second, and so
  /// on
  __device__ void wait(unsigned parity) {
    asm volatile(
        "{\n"
        ".reg .pred done;\n"
        "again:\n"
        "mbarrier.try_wait.parity.shared::cta.b64 done, [%0], %1;\n"
        "@!done bra again;\n"
        "}" ::"r"(address()),
        "r"(parity)
        : "memory");
  }

  /// In shared memory.
  __device__ unsigned address() const { return shared_address(this); }

 private:
  std::uint64_t state_;
};

/// Asks the copy engine for a box of a matrix, and does not wait.
/// @param to      in shared memory, at a multiple of 1024 bytes
/// @param map     says where the matrix is, and how large a box
/// @param column  the first of the box
/// @param row     likewise
/// @param full    is told how many bytes have come
__device__ inline void bring(void* to, const CUtensorMap& map, int column, int row, Barrier& full) {
  asm volatile(
      "cp.async.bulk.tensor.2d.shared::cluster.global.mbarrier::complete_tx::bytes"
      " [%0], [%1, {%2, %3}], [%4];" ::"r"(shared_address(to)),
      "l"(&map), "r"(column), "r"(row), "r"(full.address())
      : "memory");
}

/// This group of four warps gives registers away, so that others can have more. @tparam kLeft  a
/// thread
template <unsigned kLeft>
__device__ void give_registers() {
  asm volatile("setmaxnreg.dec.sync.aligned.u32 %0;" ::"n"(kLeft));
}

/// This group of four warps waits until it can have so many. @tparam kWanted  a thread
template <unsigned kWanted>
__device__ void take_registers() {
  asm volatile("setmaxnreg.inc.sync.aligned.u32 %0;" ::"n"(kWanted));
}

/// Says where a tile lies whose rows of 128 bytes are swizzled: of eight rows, each has its pieces
/// of 16 bytes in another order, so that a column of pieces lies in all banks.
/// @param from     the tile's first byte
/// @param leading  bytes to the next 128 bytes of a longer row, for a tile that is turned; else any
/// @param stride   bytes to the next eight rows
__device__ inline std::uint64_t swizzled_tile(const void* from, unsigned leading, unsigned stride) {
  const auto field = [](unsigned bytes) { return std::uint64_t{(bytes & 0x3ffff) >> 4}; };
  return field(shared_address(from)) | field(leading) << 16 | field(stride) << 32 |
         std::uint64_t{1} << 62;
}

/// What was written to registers and shared memory is there for the products that follow.
__device__ inline void begin_products() { asm volatile("wgmma.fence.sync.aligned;" ::: "memory"); }

/// The products since the last call belong together.
__device__ inline void end_products() {
  asm volatile("wgmma.commit_group.sync.aligned;" ::: "memory");
}

/// Waits for products. @tparam kPending  so many of the latest groups may still be on their way
template <int kPending>
__device__ void wait_for_products() {
  asm volatile("wgmma.wait_group.sync.aligned %0;" ::"n"(kPending) : "memory");
}

// Sixteen registers that an instruction reads and writes
#define GRADBOOK_SUMS(x, i)                                                                   \
  "+f"(x[i]), "+f"(x[i + 1]), "+f"(x[i + 2]), "+f"(x[i + 3]), "+f"(x[i + 4]), "+f"(x[i + 5]), \
      "+f"(x[i + 6]), "+f"(x[i + 7]), "+f"(x[i + 8]), "+f"(x[i + 9]), "+f"(x[i + 10]),        \
      "+f"(x[i + 11]), "+f"(x[i + 12]), "+f"(x[i + 13]), "+f"(x[i + 14]), "+f"(x[i + 15])

/// sums = A · B, or sums + A · B, for A of 64 × 16 and B of 16 × 256 numbers in bfloat16, by four
/// warps; it is on its way when this returns.
/// @param sums  of a thread: 4 i + 2 r + c is at row 16 w + lane / 4 + 8 r of the tile, for the
/// group's
///              warp w, and column 8 i + 2 (lane mod 4) + c
/// @param a     a tile, its rows along k
/// @param b     a tile, its rows along the columns of the product
/// @param add   to what is in `sums`
__device__ inline void multiply_tiles(float (&sums)[128], std::uint64_t a, std::uint64_t b,
                                      bool add) {
  asm volatile(
      "{\n"
      ".reg .pred add;\n"
      "setp.ne.b32 add, %130, 0;\n"
      "wgmma.mma_async.sync.aligned.m64n256k16.f32.bf16.bf16 "
      "{%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, "
      " %16, %17, %18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, "
      " %32, %33, %34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, "
      " %48, %49, %50, %51, %52, %53, %54, %55, %56, %57, %58, %59, %60, %61, %62, %63, "
      " %64, %65, %66, %67, %68, %69, %70, %71, %72, %73, %74, %75, %76, %77, %78, %79, "
      " %80, %81, %82, %83, %84, %85, %86, %87, %88, %89, %90, %91, %92, %93, %94, %95, "
      " %96, %97, %98, %99, %100, %101, %102, %103, %104, %105, %106, %107, %108, %109, %110, "
      "%111, "
      " %112, %113, %114, %115, %116, %117, %118, %119, %120, %121, %122, %123, %124, %125, %126, "
      "%127}, "
      "%128, %129, add, 1, 1, 0, 1;\n"  // signs as they are; B's tile is turned, A's is not
      "}"
      : GRADBOOK_SUMS(sums, 0), GRADBOOK_SUMS(sums, 16), GRADBOOK_SUMS(sums, 32),
        GRADBOOK_SUMS(sums, 48), GRADBOOK_SUMS(sums, 64), GRADBOOK_SUMS(sums, 80),
        GRADBOOK_SUMS(sums, 96), GRADBOOK_SUMS(sums, 112)
      : "l"(a), "l"(b), "r"(static_cast<int>(add)));
}

#undef GRADBOOK_SUMS

}  // namespace gradbook::bench
