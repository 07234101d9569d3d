#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>

#include "05_modules/layer_functions.hpp"
#include "support/gradcheck.hpp"
#include "support/matrices.hpp"

namespace gradbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kSizes[][2] = {{7, 3}, {2, 11}, {5, 2}, {13, 7}, {1, 1}, {1, 5}, {3, 1}};

// Sums of up to 13 terms of sizes up to 3
const Tolerance kSums{.terms = 16, .scale = 3};

// exp(a − log Σ exp) is as good as any other way, and loses the digits that numbers of 1e4 have
// lost
const Tolerance kShifted{.terms = 2e4};

void observe_sums_of_rows(std::string_view label, const Matrix& m, Tolerance tolerance) {
  std::vector<double> sums;
  for (std::size_t n = 0; n < m.shape(0); ++n) {
    double sum = 0;
    for (std::size_t k = 0; k < m.shape(1); ++k) sum += m(n, k);
    sums.push_back(sum);
  }
  observe(label, sums, tolerance);
}

CASE(softmax, forward, "exponentials of each row, divided by their sum", {.weight = 2}) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix a = input_matrix("a", rows, columns, -4, 4);
    calling("softmax_forward of " + text(a));
    const Matrix b = softmax_forward(a);
    observe("b of " + text(a), b, {.terms = 16});
    observe_sums_of_rows("sums of rows", b, {.terms = 16});
    observe("a after", a);
  }
}

CASE(softmax, forward_of_nothing, "no examples and no classes are sizes like any other") {
  constexpr std::size_t kNone[][2] = {{0, 3}, {3, 0}, {0, 0}};
  for (const auto& [rows, columns] : kNone) {
    const Matrix a = input_matrix("a", rows, columns);
    calling("softmax_forward and softmax_backward of " + text(a));
    observe("b of " + text(a), softmax_forward(a));
    observe("gradient of " + text(a), softmax_backward(a, a));
  }
}

CASE(softmax, forward_shifted, "a number added to a whole row changes nothing, however large",
     {.weight = 2}) {
  struct Shifted {
    double by;
    std::size_t rows, columns;
  };
  for (const auto& [by, rows, columns] :
       {Shifted{1e4, 3, 5}, {-1e4, 2, 3}, {700, 1, 4}, {-745, 5, 2}}) {
    Matrix a = input_matrix("a, before the shift", rows, columns, -1, 1);
    for (Real& x : a) x += static_cast<Real>(by);
    calling(fmt::format("softmax_forward of {} with {} added to each number", text(a), by));
    const Matrix b = softmax_forward(a);
    observe(fmt::format("b, shifted by {}", by), b, kShifted);
    observe_sums_of_rows("sums of rows", b, kShifted);
  }
}

CASE(softmax, forward_of_rows_far_apart, "each row has a largest number of its own") {
  const std::vector<double> shifts =
      input("shift of each row", std::vector<double>{0, 1e4, -1e4, 800, -30});
  for (const std::size_t columns : {3, 1, 4}) {
    Matrix a = input_matrix("a, before each row gets its shift", 5, columns, -1, 1);
    for (std::size_t n = 0; n < 5; ++n) {
      for (Real& x : row_of(a, n)) x += static_cast<Real>(shifts[n]);
    }
    calling("softmax_forward of rows around 0, 1e4, −1e4, 800 and −30, " + text(a));
    observe("b of " + text(a), softmax_forward(a), kShifted);
  }
}

CASE(softmax, forward_far_apart_in_a_row,
     "the largest takes nearly all; what is far below gets 0") {
  const Matrix three =
                   filled<Matrix>({2, 3}, input("a", std::vector<double>{0, 800, -800, 3, 5, -30})),
               two = filled<Matrix>({1, 2}, input("a", std::vector<double>{-2000, -700}));
  for (const Matrix& a : {three, two}) {
    calling("softmax_forward of numbers far apart, " + text(a));
    observe("b of " + text(a), softmax_forward(a), {.terms = 4, .scale = 1e-290});
  }
}

CASE(softmax, forward_with_minus_infinity,
     "what is masked by −∞ gets exactly 0, also where it is all but one") {
  std::vector<double> numbers = input("a", draw_list(12, -300, -200));
  for (const std::size_t masked : {0, 5, 6, 7, 9, 10}) numbers[masked] = -kInfinity;
  for (const std::size_t rows : {3, 2, 1}) {
    const Matrix a = filled<Matrix>({rows, 4}, numbers);
    calling("softmax_forward of numbers around −250, with −∞ in places 0, 5, 6, 7, 9 and 10, " +
            text(a));
    observe("b of " + text(a), softmax_forward(a), {.terms = 8});
    numbers.resize(4 * (rows - 1));
  }
}

CASE(softmax, backward, "each row's gradient times the Jacobian of that row", {.weight = 2}) {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix b = input_probabilities("b", rows, columns),
                 grad_b = input_matrix("grad_b", rows, columns);
    calling("softmax_backward of b and grad_b, both " + text(b));
    const Matrix grad_a = softmax_backward(b, grad_b);
    observe("gradient of " + text(b), grad_a, kSums);
    observe_sums_of_rows("sums of rows", grad_a, {.terms = 100, .scale = 3});
    observe("b after", b);
    observe("grad_b after", grad_b);
  }
}

CASE(softmax, backward_of_equals,
     "where all of a row have the same gradient, nothing is left of it") {
  for (const auto& [rows, columns] : kSizes) {
    const Matrix b = input_probabilities("b", rows, columns);
    Matrix grad_b = b;
    const std::vector<double> drawn = input("gradient of each row", draw_list(rows, -2, 2));
    for (std::size_t n = 0; n < rows; ++n) {
      for (Real& grad : row_of(grad_b, n)) grad = static_cast<Real>(drawn[n]);
    }
    calling("softmax_backward with a grad_b whose rows are constant, " + text(b));
    observe("gradient of " + text(b), softmax_backward(b, grad_b), {.terms = 16, .scale = 2});
  }
}

CASE(softmax, backward_of_the_certain, "a probability of 0 or 1 passes nothing on") {
  const Matrix three =
                   filled<Matrix>({2, 3}, input("b", std::vector<double>{0, 1, 0, 0.5, 0, 0.5})),
               two = filled<Matrix>({1, 2}, input("b", std::vector<double>{1, 0}));
  for (const Matrix& b : {three, two}) {
    const Matrix grad_b = input_matrix("grad_b", b.shape(0), b.shape(1));
    calling("softmax_backward of probabilities 0, 1 and ½, " + text(b));
    observe("gradient of " + text(b), softmax_backward(b, grad_b), kSums);
  }
}

// Bytes that the process holds in memory of its own, as RLIMIT_DATA counts them
rlim_t data_in_use() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (rlim_t kib = 0; word == "VmData:" && status >> kib) return kib * 1024;
  }
  return rlim_t{1} << 30;
}

CASE(softmax, backward_of_many_classes,
     "no K × K matrix is built: for 6000 classes it would take 288 MB, and only 64 are there") {
  for (const std::size_t rows : {1, 2}) {
    const Matrix b = input_probabilities("b", rows, 6000),
                 grad_b = input_matrix("grad_b", rows, 6000);
    rlimit limit{};
    getrlimit(RLIMIT_DATA, &limit);
    limit.rlim_cur = std::min(limit.rlim_max, data_in_use() + (rlim_t{64} << 20));
    setrlimit(RLIMIT_DATA, &limit);
    calling(fmt::format(
        "softmax_backward of b and grad_b {}, with 64 MiB more memory than is in use", text(b)));
    observe("gradient of " + text(b), softmax_backward(b, grad_b), {.terms = 6000, .scale = 1e-3});
  }
}

void observe_refusals(const std::vector<Matrix::shape_type>& others) {
  const Matrix b = input_probabilities("b", 4, 3);
  calling("softmax_backward of b (4, 3) and grad_b of other shapes");
  for (const auto& [rows, columns] : others) {
    const Matrix grad_b = input_matrix("grad_b", rows, columns);
    observe_error("grad_b " + text(grad_b), [&] { softmax_backward(b, grad_b); });
    observe_error("the other way round, " + text(grad_b), [&] { softmax_backward(grad_b, b); });
  }
}

CASE(softmax, errors, "shapes that differ throw, also where they would broadcast") {
  observe_refusals({{1, 3}, {4, 1}, {1, 1}, {0, 3}, {4, 4}, {5, 3}});
}

CASE(softmax, errors_of_as_many_numbers, "shapes that differ throw, also with as many numbers") {
  observe_refusals({{3, 4}, {2, 6}, {12, 1}, {1, 12}});
}

PROOF(softmax, central_differences) {
  for (const auto& [rows, columns] : kSizes) {
    const std::vector<double> at = draw_list(rows * columns, -2, 2),
                              r = draw_list(rows * columns, -1, 1);
    const auto forward = [&](const std::vector<double>& numbers) {
      return softmax_forward(filled<Matrix>({rows, columns}, numbers));
    };
    const Matrix grad = softmax_backward(forward(at), filled<Matrix>({rows, columns}, r));
    const auto numeric = numeric_gradient(
        [&](const std::vector<double>& numbers) {
          const Matrix b = forward(numbers);
          double sum = 0;
          for (std::size_t i = 0; i < r.size(); ++i) sum += r[i] * b.data()[i];
          return sum;
        },
        at);
    for (std::size_t i = 0; i < r.size(); ++i)
      prove_close(fmt::format("element {} of ({}, {})", i, rows, columns), grad.data()[i],
                  numeric[i], 1e-9);
  }
}

// The lecture's form, with its matrix
PROOF(softmax, vector_times_jacobian) {
  const Matrix b = softmax_forward(filled<Matrix>({5, 4}, draw_list(20, -2, 2))),
               r = filled<Matrix>({5, 4}, draw_list(20, -1, 1)), grad = softmax_backward(b, r);
  for (std::size_t n = 0; n < 5; ++n) {
    for (std::size_t j = 0; j < 4; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 4; ++k)
        sum += r(n, k) * ((k == j ? b(n, k) : 0) - b(n, k) * b(n, j));
      prove_close("an element of gᵀ (diag(b) − b bᵀ)", grad(n, j), sum, 1e-15);
    }
  }
}

PROOF(softmax, literals) {
  const Matrix b =
      softmax_forward(filled<Matrix>({2, 3}, {0, std::log(2.0), std::log(5.0), 7, 7, 7}));
  const double expected[] = {0.125, 0.25, 0.625, 1.0 / 3, 1.0 / 3, 1.0 / 3};
  for (std::size_t i = 0; i < 6; ++i) prove_close("softmax", b.data()[i], expected[i], 1e-15);
}

}  // namespace
}  // namespace gradbook
