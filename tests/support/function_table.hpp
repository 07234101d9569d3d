/// @file
/// One table of the differentiable functions of tensors: what each is told, and the shapes and
/// domains that its inputs are drawn from. Cases observe its rows, and proofs prove them.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "04_autograd/functions.hpp"
#include "support/arrays.hpp"

namespace gradbook {

/// Where an input is drawn from: [low, high), and then away from 0 by `gap`, where a function has
/// a kink or a pole.
struct Domain {
  double low, high;
  double gap = 0;
};

/// One function, told one thing, of inputs of these shapes.
struct Row {
  const Function* function;
  std::vector<Domain> domains;  ///< one for each input
  std::vector<Shape> shapes;    ///< one for each input
  Attributes attributes = {};
};

using Rows = std::vector<Row>;

/// "sum of (2, 3) along (1), keepdim", for labels and calls.
inline std::string text(const Row& row) {
  std::string result = row.function->name;
  for (std::size_t k = 0; k < row.shapes.size(); ++k)
    result += (k == 0 ? " of " : " and ") + text(row.shapes[k]);
  const Function* const f = row.function;
  const Attributes& with = row.attributes;
  if (f == &functions::sum || f == &functions::mean || f == &functions::max)
    result += " along " + text(with.axes) + (with.keepdim ? ", keepdim" : "");
  if (f == &functions::permute) result += " in the order " + text(with.axes);
  if (f == &functions::reshape || f == &functions::expand) result += " to " + text(with.shape);
  if (f == &functions::slice)
    result += fmt::format(" along axis {}, {}:{}:{}", with.axis, with.slice.start,
                          with.slice.stop == INT64_MAX ? "" : std::to_string(with.slice.stop),
                          with.slice.step);
  if (f == &functions::concat) result += fmt::format(" along axis {}", with.axis);
  if (f == &functions::gather) {
    result += ", rows";
    for (const std::int64_t i : with.rows) result += fmt::format(" {}", i);
  }
  return result;
}

// ---- functions of one tensor --------------------------------------------------------------------

/// Where the only input of a function of exercise 4.3 is drawn from.
inline Domain domain_of(const Function& function) {
  if (&function == &functions::inv) return {-3, 3, 0.3};
  if (&function == &functions::relu) return {-2, 2, 0.1};
  if (&function == &functions::log || &function == &functions::sqrt) return {0.2, 4};
  return {-2.5, 2.5};
}

/// A function of one tensor, at every kind of shape.
inline Rows map_rows(const Function& function) {
  Rows rows;
  for (const Shape& shape :
       {Shape{}, {1}, {0}, {7}, {2, 3}, {3, 0}, {5, 1}, {3, 1, 2}, {2, 3, 1, 2}})
    rows.push_back({&function, {domain_of(function)}, {shape}});
  return rows;
}

// ---- functions of two tensors -------------------------------------------------------------------

/// A function of two tensors, broadcast in every way.
inline Rows zip_rows(const Function& function) {
  std::vector<Domain> domains = {{-2, 2}, {-2, 2}};
  if (&function == &functions::div) domains = {{-2, 2}, {-2, 2, 0.4}};
  if (&function == &functions::pow) domains = {{0.3, 2}, {-2, 3}};
  const std::pair<Shape, Shape> kShapes[] = {
      {{}, {}},
      {{7}, {7}},
      {{}, {2, 3}},
      {{2, 3}, {}},
      {{1}, {1, 2}},
      {{1, 2}, {1}},
      {{3, 1}, {1, 4}},
      {{3, 1}, {4}},
      {{2, 3}, {2, 3}},
      {{2, 3}, {2, 1}},
      {{3}, {2, 3}},
      {{2, 3, 2}, {3, 1}},
      {{1, 1}, {5}},
      {{0}, {1}},
      {{2, 1}, {2, 0}},
      {{0, 3}, {3}},
      {{3, 1, 5}, {5}},
      {{2, 1, 2, 1}, {3, 1, 2}},
      {{3, 1, 2}, {2, 3, 4, 2}},
  };
  Rows rows;
  for (const auto& [a, b] : kShapes) rows.push_back({&function, domains, {a, b}});
  return rows;
}

// ---- functions that fold axes -------------------------------------------------------------------

/// A function that folds axes away, along every kind of axes.
inline Rows reduce_rows(const Function& function) {
  const std::pair<Shape, Axes> kFolds[] = {
      {{}, {}},
      {{7}, {0}},
      {{7}, {}},
      {{2, 3}, {0}},
      {{2, 3}, {1}},
      {{2, 3}, {-1}},
      {{2, 3}, {0, 1}},
      {{2, 3}, {}},
      {{3, 1}, {1}},
      {{1, 3}, {1}},
      {{2, 3, 5}, {1}},
      {{2, 3, 5}, {0, 2}},
      {{2, 3, 5}, {-1, 0}},
      {{3, 2, 2}, {2, 1}},
      {{2, 3, 1, 4}, {1, -1}},
      {{2, 3, 1, 4}, {0, 1, 2, 3}},
      {{3, 0}, {0}},
      {{3, 0}, {1}},
      {{0}, {0}},
      {{2, 0, 3}, {2}},
  };
  Rows rows;
  for (const auto& [shape, axes] : kFolds) {
    for (const bool keepdim : {false, true})
      rows.push_back({&function, {{-2, 2}}, {shape}, {.axes = axes, .keepdim = keepdim}});
  }
  return rows;
}

// ---- functions that move numbers ----------------------------------------------------------------

namespace detail {

inline Row moved(const Function& function, std::vector<Shape> shapes, Attributes attributes) {
  std::vector<Domain> domains(shapes.size(), {-2, 2});
  return {&function, std::move(domains), std::move(shapes), std::move(attributes)};
}

}  // namespace detail

inline Rows permute_rows() {
  const std::pair<Shape, Axes> kOrders[] = {
      {{}, {}},
      {{5}, {0}},
      {{2, 3}, {1, 0}},
      {{2, 3}, {0, 1}},
      {{2, 3, 5}, {1, 2, 0}},
      {{2, 3, 5}, {2, 0, 1}},
      {{2, 3, 5}, {-1, 0, 1}},
      {{3, 0}, {1, 0}},
      {{2, 3, 1, 4}, {3, 0, -3, 2}},
  };
  Rows rows;
  for (const auto& [shape, order] : kOrders)
    rows.push_back(detail::moved(functions::permute, {shape}, {.axes = order}));
  return rows;
}

inline Rows reshape_rows() {
  const std::pair<Shape, Shape> kShapes[] = {
      {{}, {1}},        {{1}, {}},      {{6}, {2, 3}},          {{2, 3}, {3, 2}},
      {{2, 3}, {6}},    {{2, 3}, {-1}}, {{2, 3, 4}, {4, -1}},   {{2, 1, 3}, {2, 3}},
      {{0}, {2, 0, 3}}, {{3, 0}, {0}},  {{2, 3, 2, 2}, {4, 6}},
  };
  Rows rows;
  for (const auto& [from, to] : kShapes)
    rows.push_back(detail::moved(functions::reshape, {from}, {.shape = to}));
  return rows;
}

inline Rows slice_rows() {
  struct Taken {
    Shape shape;
    std::int64_t axis;
    Slice slice;
  };
  const Taken kTaken[] = {
      {{7}, 0, {2, 5}},        {{7}, 0, {1, 7, 3}},       {{7}, -1, {-3, INT64_MAX}},
      {{7}, 0, {3, 3}},        {{2, 3}, 0, {1, 2}},       {{2, 3}, 1, {0, 3, 2}},
      {{2, 3}, -1, {1, -1}},   {{2, 3, 5}, 2, {1, 5, 2}}, {{2, 3, 5}, 1, {}},
      {{2, 3, 5}, -3, {0, 1}}, {{0, 3}, 1, {1, 3}},       {{2, 3, 1, 4}, 3, {-4, -1}},
  };
  Rows rows;
  for (const auto& [shape, axis, slice] : kTaken)
    rows.push_back(detail::moved(functions::slice, {shape}, {.axis = axis, .slice = slice}));
  return rows;
}

// Few parts first: a report shows the latest input of each name
inline Rows concat_rows() {
  const std::pair<std::vector<Shape>, std::int64_t> kParts[] = {
      {{{3}}, 0},
      {{{2}, {3}}, 0},
      {{{2, 3}, {2, 1}}, 1},
      {{{2, 1, 3}, {2, 4, 3}}, -2},
      {{{0, 3}, {0, 2}}, 1},
      {{{2, 3, 1, 2}, {2, 2, 1, 2}}, 1},
      {{{2}, {0}, {3}}, -1},
      {{{2, 3}, {1, 3}, {4, 3}}, 0},
      {{{2, 3}, {2, 5}, {2, 1}}, -1},
  };
  Rows rows;
  for (const auto& [shapes, axis] : kParts)
    rows.push_back(detail::moved(functions::concat, shapes, {.axis = axis}));
  return rows;
}

inline Rows gather_rows() {
  const std::pair<Shape, std::vector<std::int64_t>> kRows[] = {
      {{5, 3}, {0, 4, 2}},    {{5, 3}, {1, 1, 3, 1}}, {{1, 4}, {0, 0}}, {{3, 2}, {}},
      {{4, 1}, {3, 2, 1, 0}}, {{2, 0}, {1, 0, 1}},    {{2, 7}, {1}},
  };
  Rows rows;
  for (const auto& [shape, taken] : kRows)
    rows.push_back(detail::moved(functions::gather, {shape}, {.rows = taken}));
  return rows;
}

// ---- products of matrices -----------------------------------------------------------------------

inline Rows matmul_rows() {
  const std::pair<Shape, Shape> kShapes[] = {
      {{2, 3}, {3, 5}},       {{1, 1}, {1, 1}},       {{1, 4}, {4, 1}},
      {{3, 0}, {0, 2}},       {{0, 3}, {3, 2}},       {{2, 3, 4}, {4, 5}},
      {{3, 4}, {2, 4, 5}},    {{2, 3, 4}, {2, 4, 1}}, {{2, 1, 3, 2}, {3, 2, 4}},
      {{1, 2, 3}, {4, 3, 2}}, {{0, 2, 3}, {3, 2}},
  };
  Rows rows;
  for (const auto& [a, b] : kShapes) rows.push_back(detail::moved(functions::matmul, {a, b}, {}));
  return rows;
}

}  // namespace gradbook
