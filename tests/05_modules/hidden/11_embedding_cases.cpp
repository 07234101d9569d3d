#include "05_modules/embedding.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "support/modules.hpp"

namespace gradbook {
namespace {

struct Sizes {
  std::size_t symbols, width, places;
};
constexpr Sizes kSizes[] = {{1, 1, 1}, {7, 3, 5},  {5, 4, 1}, {3, 1, 11},
                            {4, 4, 4}, {13, 2, 7}, {4, 3, 0}, {2, 0, 3}};
const Tolerance kSums{.terms = 20, .scale = 2};

std::string text(const Sizes& s) {
  return fmt::format("{} places in a table ({}, {})", s.places, s.symbols, s.width);
}

std::vector<Label> draw_ids(const Sizes& s) {
  std::vector<Label> ids;
  for (std::size_t n = 0; n < s.places; ++n)
    ids.push_back(draw_integer(0, static_cast<Label>(s.symbols) - 1));
  return input("ids", ids);
}

// An embedding with a table that is shown
struct Table {
  explicit Table(const Sizes& s) : embedding(s.symbols, s.width, random) {
    embedding.weight.value() = input_matrix("table", s.symbols, s.width);
  }
  Random random{1};
  Embedding embedding;
};

// So that a result which nobody set is seen: the pool gives out this memory again
void leave_nans_behind(const Matrix& of_this_size) {
  Matrix nans = of_this_size;
  nans.fill(std::numeric_limits<Real>::quiet_NaN());
}

void look_up(const std::string& what, Embedding& embedding, const std::vector<Label>& ids) {
  calling("Embedding, " + what);
  Module& out = embedding(ids);
  leave_nans_behind(embedding.weight.value());
  observe_applied(what, out, kSums);
}

CASE(embedding, any_rows, "row ids[n] of the table stands in row n, and gets the gradient of row n",
     {.weight = 2}) {
  for (const Sizes& s : kSizes) {
    Table table(s);
    look_up(text(s), table.embedding, draw_ids(s));
  }
}

CASE(embedding, each_row_once, "in any order, and the first and the last row too") {
  Table table({5, 3, 5});
  look_up("ids 4, 0, 3, 1, 2", table.embedding, {4, 0, 3, 1, 2});
}

CASE(embedding, duplicates, "a row that is looked up often gets the sum of all gradients",
     {.weight = 2}) {
  Table table({3, 2, 0});
  look_up("ids 1, 1, 1, 1, 1, 1, 1", table.embedding, {1, 1, 1, 1, 1, 1, 1});
  look_up("ids 2, 0, 2, 2, 0", table.embedding, {2, 0, 2, 2, 0});
}

CASE(embedding, rows_not_looked_up, "a row that is not looked up has a gradient of exactly 0") {
  const Sizes s{11, 3, 2};
  Table table(s);
  calling("Embedding of ids 7 and 2, and backward");
  table.embedding(std::vector<Label>{7, 2});
  const std::vector<Module*> in{&table.embedding.weight};
  Gradients grads(in);
  const Matrix grad_out = input_matrix("grad_out", 2, s.width);
  leave_nans_behind(table.embedding.weight.value());
  table.embedding.backward(InTensors(in), table.embedding.out_tensor, grad_out, grads);
  tape().clear();
  std::int64_t exact = 0;
  for (std::size_t i = 0; i < grads[0].size(); ++i)
    exact += i / s.width != 7 && i / s.width != 2 && grads[0].data()[i] == 0;
  observe("how many of the other 27 numbers are exactly 0", exact);
}

CASE(embedding, next_pass,
     "the next pass has ids of its own, more or fewer, and gradients add up") {
  const Sizes s{5, 3, 0};
  Table table(s);
  for (const std::vector<Label>& ids : {std::vector<Label>{1, 3, 3}, {4}, {0, 3, 1, 1, 4, 2}}) {
    input("ids", ids);
    Module& out = table.embedding(ids);
    calling("the same embedding again, and tape_bwd");
    observe(fmt::format("output of {} places", ids.size()), out.out_tensor);
    out.out_gradient = input_matrix("gradient of the output", ids.size(), s.width);
    tape_bwd();
    observe(fmt::format("gradient of the table after {} more places", ids.size()),
            table.embedding.weight.grad(), kSums);
  }
}

CASE(embedding, errors, "a number that no row has is refused, wherever it stands") {
  const Sizes s{4, 2, 0};
  Table table(s);
  calling("Embedding with 4 rows and ids that are none of 0, 1, 2, 3");
  for (const Label bad : {Label{70}, Label{4}, Label{5}, Label{-1},
                          std::numeric_limits<Label>::max(), std::numeric_limits<Label>::min()}) {
    observe_error(fmt::format("id {} at place 0", bad), [&] {
      table.embedding(std::vector<Label>{bad, 1});
    });
    tape().clear();
    observe_error(fmt::format("id {} at place 2", bad), [&] {
      table.embedding(std::vector<Label>{0, 3, bad});
    });
    tape().clear();
  }
}

PROOF(embedding, central_differences) {
  for (const Sizes& s : kSizes) {
    Table table(s);
    table.embedding(draw_ids(s));
    tape().clear();
    prove_gradients(text(s), table.embedding, {&table.embedding.weight});
  }
}

// The same as a product with a matrix of ones and zeros, and so is its gradient
PROOF(embedding, one_hot) {
  const Sizes s{7, 3, 11};
  Table table(s);
  const std::vector<Label> ids = draw_ids(s);
  Matrix hot = Matrix::from_shape({s.places, s.symbols});
  hot.fill(0);
  for (std::size_t n = 0; n < ids.size(); ++n) hot(n, static_cast<std::size_t>(ids[n])) = 1;
  const Matrix grad_out = drawn_matrix(s.places, s.width);
  Module& out = table.embedding(ids);
  prove(listed(out.out_tensor) == listed(matmul(hot, table.embedding.weight.value())),
        "looking up is a product with a matrix of ones and zeros");
  out.out_gradient = grad_out;
  tape_bwd();
  const Matrix expected = matmul(transposed(hot), grad_out);
  for (std::size_t i = 0; i < expected.size(); ++i)
    prove_close("gradient of the table", table.embedding.weight.grad().data()[i],
                expected.data()[i], 1e-14);
}

}  // namespace
}  // namespace gradbook
