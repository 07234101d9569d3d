#include "support/table_proofs.hpp"

namespace gradbook {
namespace {

struct Pair {
  Shape small, large;
};

// What was broadcast, and to what
const std::vector<Pair>& pairs() {
  static const std::vector<Pair> kPairs = {
      {{1}, {1, 2}},
      {{3, 1}, {3, 4}},
      {{4}, {3, 4}},
      {{1, 4}, {3, 4}},
      {{}, {2, 3}},
      {{}, {7}},
      {{}, {}},
      {{3, 1, 5}, {2, 3, 4, 5}},
      {{2, 1, 1, 5}, {2, 3, 4, 5}},
      {{1, 1}, {3, 2}},
      {{1, 1, 1}, {1, 1, 1}},
      {{3}, {2, 3, 3}},
      {{3, 3}, {2, 3, 3}},
      {{2, 1}, {2, 2}},
      {{1, 2}, {2, 2}},
      {{1}, {0}},
      {{2, 1}, {2, 0}},
      {{0}, {3, 0}},
      {{}, {0}},
      {{0, 1}, {0, 4}},
      {{1, 3}, {1, 3}},
      {{5}, {1, 5}},
      {{1, 1}, {1, 1, 1}},
  };
  return kPairs;
}

Tolerance tolerance(const Shape& shape) {
  return {.terms = 8 + static_cast<double>(count(shape)), .scale = 2};
}

CASE(unbroadcast, every_kind,
     "what an element was repeated to is summed: along axes that were missing, and along those of "
     "size 1",
     {.weight = 2}) {
  for (const auto& [small, large] : pairs()) {
    for (const Layout layout : kLayouts) {
      const std::string name =
          fmt::format("{} to {}, {}", text(large), text(small), gradbook::name(layout));
      const Tensor grad = input_array("grad", large, -2, 2, layout);
      const std::vector<Real> before = elements(grad.value());
      calling("unbroadcast of " + name);
      observe(name, unbroadcast(grad, small), tolerance(large));
      observe(name + ": grad is as before", before == elements(grad.value()));
    }
  }
}

CASE(unbroadcast, of_ranks_up_to_five,
     "any axes may have been repeated, in any number, with any others between them") {
  for (int i = 0; i < 40; ++i) {
    const int rank = static_cast<int>(draw_integer(0, 5));
    const int missing = static_cast<int>(draw_integer(0, rank));
    Shape small, large;
    for (int axis = 0; axis < rank; ++axis) {
      large.push_back(draw_integer(1, 4));
      if (axis >= missing) small.push_back(draw_integer(0, 1) == 0 ? 1 : large[axis]);
    }
    const std::string name = fmt::format("{}: {} to {}", i, text(large), text(small));
    const Tensor grad = input_array("grad", large, -2, 2, Layout::permuted);
    calling("unbroadcast of " + name);
    observe(name, unbroadcast(grad, small), tolerance(large));
  }
}

CASE(unbroadcast, of_a_repeated_gradient,
     "a gradient that is itself a broadcast view, with steps of 0, is summed as any other") {
  const std::vector<std::pair<Shape, Shape>> from = {{{}, {2, 3}}, {{3, 1}, {3, 4}}, {{2}, {5, 2}}};
  for (const auto& [stored, large] : from) {
    const Array small = input_array("what was repeated", stored, -2, 2);
    const Tensor grad = broadcast_to(small, large);
    for (const Shape& to : {Shape{}, Shape{1, 1}, Shape{large[1]}, Shape{large[0], 1}}) {
      calling(fmt::format("unbroadcast of {}, repeated to {}, to {}", text(stored), text(large),
                          text(to)));
      observe(fmt::format("{} as {} to {}", text(stored), text(large), text(to)),
              unbroadcast(grad, to), tolerance(large));
    }
  }
}

CASE(unbroadcast, nothing_to_do, "a gradient that has the shape already comes back as it is") {
  for (const Shape& shape : {Shape{}, Shape{1}, Shape{0}, Shape{2, 3}, Shape{2, 1, 3}}) {
    const Tensor grad(input_array("grad", shape, -2, 2, Layout::permuted), true);
    calling(fmt::format("unbroadcast of {} to the same", text(shape)));
    const Tensor same = unbroadcast(grad, shape);
    observe(text(shape) + ": numbers", same);
    observe(text(shape) + ": no copy", same.value().storage() == grad.value().storage());
    observe(text(shape) + ": the same history", same.variable() == grad.variable());
  }
}

CASE(unbroadcast, its_own_gradient,
     "its result has a history: the gradient of each sum goes to every element of it") {
  for (const auto& [small, large] : pairs()) {
    const std::string name = fmt::format("{} to {}", text(large), text(small));
    const Tensor grad(input_array("grad", large, -2, 2), true);
    const Array seed = input_array("seed", small, -2, 2);
    calling(fmt::format("backward of unbroadcast of {}", name));
    const Tensor result = unbroadcast(grad, small);
    observe(name + ": requires a gradient", result.requires_grad());
    result.backward(seed);
    observe(name + ": its gradient", grad.grad());
  }
}

CASE(unbroadcast, does_not_fit,
     "a shape that does not broadcast to that of the gradient is a ShapeError") {
  const std::vector<Pair> wrong = {
      {{2}, {3}},       {{2, 3}, {3}},    {{1, 3}, {3}}, {{4, 1}, {3, 4}}, {{3, 4}, {3, 1}},
      {{3}, {1}},       {{3}, {3, 1}},    {{2}, {1}},    {{1}, {}},        {{0}, {1}},
      {{2, 3}, {2, 2}}, {{5}, {2, 3, 1}}, {{2}, {0}},    {{2, 0}, {3, 0}},
  };
  for (const auto& [small, large] : wrong) {
    const std::string name = fmt::format("{} to {}", text(large), text(small));
    const Tensor grad = input_array("grad", large, -2, 2);
    calling("unbroadcast of " + name);
    observe_error(name, [&] { unbroadcast(grad, small); });
  }
}

PROOF(unbroadcast, adjoint_of_broadcast_to) {
  for (const auto& [small, large] : pairs()) {
    const std::vector<double> x = draw_list(count(small), -2, 2);
    const Array grad = draw_seed(Random(generator().bits()), large, Layout::permuted);
    const std::vector<double> slopes = numeric_gradient(
        [&](const std::vector<double>& at) {
          return detail::dot(broadcast_to(array_in(Layout::contiguous, small, at), large), grad);
        },
        x);
    for (const Backend* const chosen : {&plain_backend(), &fast_backend()}) {
      const Using use(*chosen);
      const Tensor summed = unbroadcast(grad, small);
      prove(summed.shape() == small, "unbroadcast gives the shape that it is asked for");
      detail::prove_near(fmt::format("{} to {}", text(large), text(small)),
                         elements(summed.value()), slopes, 1e-8);
    }
  }
}

}  // namespace
}  // namespace gradbook
