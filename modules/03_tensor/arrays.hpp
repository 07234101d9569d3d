/// @file
/// The xtensor types of the book, named once: this is all of xtensor that a file has to read.
#pragma once

#include <xtensor/xadapt.hpp>
#include <xtensor/xarray.hpp>
#include <xtensor/xmanipulation.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>

#include "00_course/real.hpp"

namespace gradbook {

using Vector = xt::xtensor<Real, 1>;  ///< (N)
using Matrix = xt::xtensor<Real, 2>;  ///< (M, N)
using Array3 = xt::xtensor<Real, 3>;  ///< (B, M, N)

}  // namespace gradbook
