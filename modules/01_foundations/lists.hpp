/// @file
/// Functions that take functions: one loop each, from which all operations on lists follow.
#pragma once

#include <span>
#include <vector>

#include "00_course/error.hpp"
#include "00_course/function_ref.hpp"
#include "00_course/not_started.hpp"

namespace gradbook {

// ---- exercise 1.4 -------------------------------------------------------------------------------

/// (f(x₀), f(x₁), …), of the length of `list`.
///
/// Calls f once for each element, from first to last.
std::vector<double> map(function_ref<double(double)> f, std::span<const double> list);

/// (f(a₀, b₀), f(a₁, b₁), …), of the length that both lists have.
///
/// Calls f once for each pair, from first to last.
/// @throws ShapeError  where the lengths differ, before any call; the message names both lengths
///   (`throw ShapeError("zip_with: lengths ", a.size(), " and ", b.size());`)
std::vector<double> zip_with(function_ref<double(double, double)> f, std::span<const double> a,
                             std::span<const double> b);

/// f(… f(f(start, x₀), x₁) …, xₙ₋₁), with what was gathered so far as the first argument.
///
/// Returns `start` for an empty list. Calls f once for each element, from first to last.
double reduce(function_ref<double(double, double)> f, double start, std::span<const double> list);

/// (−x₀, −x₁, …), by map.
std::vector<double> neg_list(std::span<const double> list);

/// (a₀ + b₀, a₁ + b₁, …), by zip_with.
/// @throws ShapeError  where the lengths differ; the message names both lengths
std::vector<double> add_lists(std::span<const double> a, std::span<const double> b);

/// x₀ + x₁ + …, from first to last, by reduce; 0 for an empty list.
double sum(std::span<const double> list);

/// x₀ · x₁ · …, from first to last, by reduce; 1 for an empty list.
double prod(std::span<const double> list);

}  // namespace gradbook
