/// @file
/// The xtensor types of the book, named once: this is all of xtensor that a file has to read.
#pragma once

#include <xtensor/xadapt.hpp>
#include <xtensor/xarray.hpp>
#include <xtensor/xmanipulation.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>

#include "03_tensor/storage.hpp"

namespace gradbook {

/// xtensor's array of a fixed rank, with memory from the pool of this book.
template <std::size_t kRank>
using FixedRank = xt::xtensor<Real, kRank, xt::layout_type::row_major, PoolAllocator<Real>>;

using Vector = FixedRank<1>;  ///< (N)
using Matrix = FixedRank<2>;  ///< (M, N)
using Array3 = FixedRank<3>;  ///< (B, M, N)

}  // namespace gradbook
