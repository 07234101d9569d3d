#include <fmt/format.h>

#include "07_language_models/rnn_lm.hpp"
#include "09_cuda/cuda_product.hpp"
#include "support/kernel_runs.hpp"
#include "support/round_song.hpp"
#include "support/straight_steps.hpp"
#include "support/table_proofs.hpp"

namespace gradbook {
namespace {

constexpr Tolerance kRounded = {.terms = 1 << 30, .scale = 4};

// Each row in one of the layouts, forward and backward, on the device
[[maybe_unused]] void observe_on_device(const Rows& rows) {
  const Using device(cuda_backend());
  int turn = 0;
  for (const Row& row : rows) {
    const Layout layout = kLayouts[turn++ % 4];
    const std::string name = fmt::format("{}, {}", text(row), gradbook::name(layout));
    std::vector<std::vector<double>> values = draw_values(row);
    for (std::size_t k = 0; k < values.size(); ++k)
      values[k] = input(fmt::format("input {}", k), values[k]);
    const Random random(generator().bits());
    const std::vector<Tensor> inputs = tensors_of(row, values, layout);
    calling(fmt::format("{}, forward and backward", name));
    Context context(*row.function, inputs, row.attributes, true);
    const Array value = row.function->forward(context, inputs);
    observe(name + ": value", value, kRounded);
    const Tensor seed = draw_seed(random, value.shape(), layout);
    const std::vector<Tensor> grads = row.function->backward(context, seed);
    for (std::size_t k = 0; k < grads.size(); ++k)
      observe(fmt::format("{}: gradient of input {}", name, k), grads[k], kRounded);
  }
}

CASE(backend_switch, functions_of_one, "module 04's functions of one tensor, on kernels") {
  for (const Function* f :
       {&functions::neg, &functions::inv, &functions::exp, &functions::log, &functions::sqrt,
        &functions::sigmoid, &functions::tanh, &functions::relu})
    observe_on_device(map_rows(*f));
}

CASE(backend_switch, functions_of_two, "module 04's functions of two tensors, on kernels",
     {.weight = 2}) {
  for (const Function* f : {&functions::add, &functions::sub, &functions::mul, &functions::div,
                            &functions::pow, &functions::maximum, &functions::lt, &functions::eq})
    observe_on_device(zip_rows(*f));
}

CASE(backend_switch, functions_that_fold, "module 04's functions that fold axes, on kernels",
     {.weight = 2}) {
  for (const Function* f : {&functions::sum, &functions::mean, &functions::max})
    observe_on_device(reduce_rows(*f));
}

CASE(backend_switch, functions_that_move, "what only moves numbers, and what adds them up again") {
  observe_on_device(permute_rows());
  observe_on_device(slice_rows());
  observe_on_device(gather_rows());
}

CASE(backend_switch, products, "module 04's product of matrices, on kernels", {.weight = 2}) {
  observe_on_device(matmul_rows());
}

CASE(backend_switch, rows_on_the_device, "what lies badly is put into rows, what lies well stays") {
  for (const Layout layout : kLayouts) {
    for (const Shape& shape : {Shape{3, 5}, {2, 1, 4}, {7}, {}, {3, 0}}) {
      const std::string what = fmt::format("{}, {}", text(shape), name(layout));
      OnDevice x = to_device(input_array("x", shape, -2, 2, layout));
      const bool already = lies_in_rows(x.layout);
      const float* const before = x.data();
      calling("in_rows of " + what);
      const OnDevice rows = in_rows(std::move(x));
      observe("it stays where it is, " + what, rows.data() == before);
      observe("it lies in rows, " + what, lies_in_rows(rows.layout));
      if (!already) observe_floats("numbers, " + what, rows.numbers, {});
    }
  }
}

CASE(backend_switch, larger_than_a_tile, "products of many tiles, with edges, and of nothing",
     {.weight = 2}) {
  const std::pair<Shape, Shape> kPairs[] = {
      {{17, 5}, {5, 33}}, {{33, 16}, {16, 1}},  {{1, 40}, {40, 18}}, {{3, 0}, {0, 20}},
      {{16, 3}, {3, 16}}, {{2, 17, 3}, {3, 2}}, {{2, 2}, {3, 2, 18}}};
  int turn = 0;
  for (const auto& [a, b] : kPairs) {
    const Layout layout = kLayouts[turn++ % 4];
    const Array left = input_array("a", a, -1, 1, layout),
                right = input_array("b", b, -1, 1, layout);
    calling(fmt::format("cuda_matmul of {} and {}, {}", text(a), text(b), name(layout)));
    observe(fmt::format("{} times {}", text(a), text(b)), cuda_matmul(left, right), kRounded);
  }
}

CASE(backend_switch, into_strides, "the result may lie in any way, and be an operand itself") {
  for (const Layout layout : kLayouts) {
    for (const Shape& shape : {Shape{3, 4}, {2, 3, 2}, {35}}) {
      const std::string what = fmt::format("{}, {}", text(shape), name(layout));
      const Array a = input_array("a", shape, 0.5, 2), b = input_array("b", shape, -2, 2, layout);
      Array mapped = poisoned(layout, shape), zipped = poisoned(layout, shape), in_place = b;
      calling("cuda_map and cuda_zip into a result of " + what);
      cuda_map(MapOp::log, a, mapped);
      cuda_zip(ZipOp::sub, a, b, zipped);
      cuda_zip(ZipOp::mul, a, b, in_place);
      observe("log, " + what, mapped, kRounded);
      observe("a - b, " + what, zipped, kRounded);
      observe("a · b in place of b, " + what, in_place, kRounded);
      observe("nothing between is written, " + what, numbers_set(mapped) + numbers_set(zipped));
    }
  }
}

CASE(backend_switch, by_which_kernels, "each is computed by the kernel that it is said to be by") {
  const Array a = input_array("a", {4, 6}, 0.5, 2), b = input_array("b", {6, 3}, 0.5, 2);
  Array out({4, 6}), product({4, 3});
  calling("cuda_map, cuda_zip, cuda_reduce, cuda_matmul and cuda_multiply");
  cuda_map(MapOp::exp, a, out);
  observe("map", last_launch().kernel);
  cuda_zip(ZipOp::div, a, a, out);
  observe("zip", last_launch().kernel);
  cuda_reduce(ReduceOp::prod, a, {0}, false);
  observe("reduce", last_launch().kernel);
  observe("blocks of reduce", static_cast<std::int64_t>(last_launch().grid.x));
  cuda_matmul(a, b);
  observe("matmul", last_launch().kernel);
  cuda_multiply({a.data(), 4, 6, 6, 1}, {b.data(), 6, 3, 3, 1}, product.mutable_data());
  observe("multiply", last_launch().kernel);
}

CASE(backend_switch, transposed_factors, "what modules 05 to 08 multiply, transposed or not") {
  for (const int m : {1, 3, 17}) {
    for (const int n : {1, 2, 18}) {
      const int k = m == 3 ? 0 : m + n;
      const std::vector<double> drawn =
          input("a and b", draw_list(static_cast<std::size_t>((m + n) * (k + 1)), -1, 1));
      const std::vector<Real> numbers(drawn.begin(), drawn.end());
      const Real *const a = numbers.data(), *const b = numbers.data() + m * k;
      const std::string what = fmt::format("({}, {}) times ({}, {})", m, k, k, n);
      std::vector<Real> out(static_cast<std::size_t>(m * n), 7);
      calling("cuda_product.multiply of " + what);
      cuda_product.multiply({a, m, k, k, 1}, {b, k, n, n, 1}, out.data());
      observe(what, out, kRounded);
      cuda_product.multiply({a, m, k, 1, m}, {b, k, n, n, 1}, out.data());
      observe(what + ", a transposed", out, kRounded);
      cuda_product.multiply({a, m, k, k, 1}, {b, k, n, 1, k}, out.data());
      observe(what + ", b transposed", out, kRounded);
    }
  }
}

CASE(backend_switch, refused,
     "what the plain loops refuse is refused, and nothing is left behind") {
  const Array a = input_array("a", {2, 3}, -2, 2), batch = Array::ones({3, 2, 3});
  Array turned({3, 2}), same({2, 3}), wide = broadcast_to(Array::ones({3}), {2, 3});
  const auto before = device_traffic().pieces_in_use;
  calling("every function, of what does not fit");
  observe_error("map into (3, 2)", [&] { cuda_map(MapOp::exp, a, turned); });
  observe_error("map into a broadcast view", [&] { cuda_map(MapOp::exp, a, wide); });
  observe_error("zip into (3, 2)", [&] { cuda_zip(ZipOp::add, a, a, turned); });
  observe_error("zip with (2)", [&] { cuda_zip(ZipOp::add, a, Array::ones({2}), same); });
  observe_error("zip into a broadcast view", [&] { cuda_zip(ZipOp::add, a, a, wide); });
  observe_error("axis 2", [&] { cuda_reduce(ReduceOp::sum, a, {2}, false); });
  observe_error("axis 1 twice", [&] { cuda_reduce(ReduceOp::sum, a, {1, -1}, true); });
  observe_error("a list", [&] { cuda_matmul(Array::ones({3}), a); });
  observe_error("a list at the right", [&] { cuda_matmul(a, Array::ones({3})); });
  observe_error("inner sizes", [&] { cuda_matmul(a, a); });
  observe_error("batches", [&] { cuda_matmul(batch, Array::ones({2, 3, 2})); });
  observe("nothing was written", numbers_set(same));
  observe("pieces left on the device", device_traffic().pieces_in_use - before);
}

// How much goes over the bus is what a GPU waits for
[[maybe_unused]] Verdict as_little_copied(const Observations& student,
                                          const Observations& reference) {
  const std::vector<double>&found = reals(student, "sums"), &expected = reals(reference, "sums");
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (found.size() != expected.size() || !(std::abs(found[i] - expected[i]) < 1e-3))
      return fail("the sums are wrong");
  }
  for (const char* way : {"bytes to the device", "bytes to the host"}) {
    const auto bytes = integer(student, way), least = integer(reference, way);
    if (bytes > least)
      return fail(
          fmt::format("{} {} where {} would do: a view is copied as small as what it shows, "
                      "and what comes between two kernels stays where it is",
                      bytes, way, least));
  }
  return pass();
}

[[maybe_unused]] void observe_bytes_since(const DeviceTraffic& before) {
  const DeviceTraffic after = device_traffic();
  observe("bytes to the device", after.bytes_to_device - before.bytes_to_device);
  observe("bytes to the host", after.bytes_to_host - before.bytes_to_host);
}

CASE(backend_switch, views_are_small, "a view that repeats is copied as small as what it repeats") {
  const Array wide = broadcast_to(input_array("row", {40}, -2, 2), {30, 40});
  Array out({30, 40});
  calling("map of a broadcast view, then a sum");
  const DeviceTraffic before = device_traffic();
  cuda_map(MapOp::tanh, wide, out);
  const Array sums = cuda_reduce(ReduceOp::sum, permute(out, {1, 0}), {0}, false);
  observe_bytes_since(before);
  observe("sums", sums, kRounded);
}
JUDGE(backend_switch, views_are_small) { return as_little_copied(student, reference); }

CASE(backend_switch, operands_are_small, "what is repeated by two operands is copied once, too") {
  const Array row = input_array("row", {40}, -2, 2), column = input_array("column", {30, 1}, -2, 2);
  Array out({30, 40});
  calling("zip of a row and a column, then matmul of a batch that is one matrix");
  const DeviceTraffic before = device_traffic();
  cuda_zip(ZipOp::mul, row, column, out);
  const Array products = cuda_matmul(broadcast_to(column, {3, 30, 1}), broadcast_to(row, {1, 40}));
  observe_bytes_since(before);
  observe("sums", products, kRounded);
}
JUDGE(backend_switch, operands_are_small) { return as_little_copied(student, reference); }

// Losses of a small recurrent model, step by step
[[maybe_unused]] std::vector<double> learns(const Product& chosen, std::uint64_t seed) {
  const Product& before = product();
  use_product(chosen);
  Random random(seed);
  RnnLM model({kNotes, 4, 6, Cell::rnn, 0}, random);
  Straight optimizer(model.parameters());
  const std::vector<Label> song = round_song(25);
  std::vector<double> losses;
  for (int step = 0; step < 6; ++step) {
    model.begin(2);
    Module& loss = model.loss(std::span(song).first(24), std::span(song).last(24));
    losses.push_back(loss.out_tensor(0, 0));
    optimizer.zero_grad();
    backward(loss);
    optimizer.step();
  }
  use_product(before);
  return losses;
}

CASE(backend_switch, a_model_learns, "a recurrent model has the loss curve that it has elsewhere") {
  const std::int64_t seed = input("seed", draw_integer(1, 1000));
  calling("six steps of training with cuda_product");
  observe("losses", learns(cuda_product, static_cast<std::uint64_t>(seed)), in_float(1000, 1));
}

PROOF(backend_switch, as_the_plain_backend) {
  Rows rows = matmul_rows();
  for (const Function* f : {&functions::exp, &functions::relu, &functions::sigmoid})
    for (const Row& row : map_rows(*f)) rows.push_back(row);
  for (const Function* f : {&functions::sub, &functions::pow, &functions::maximum})
    for (const Row& row : zip_rows(*f)) rows.push_back(row);
  for (const Function* f : {&functions::mean, &functions::max})
    for (const Row& row : reduce_rows(*f)) rows.push_back(row);
  for (const Row& row : rows) {
    const std::vector<std::vector<double>> values = draw_values(row);
    const Random random(generator().bits());
    for (const Layout layout : kLayouts) {
      const std::vector<Tensor> inputs = tensors_of(row, values, layout);
      const std::vector<Array> plain = results(plain_backend(), row, inputs, random, layout),
                               device = results(cuda_backend(), row, inputs, random, layout);
      prove(device.size() == plain.size(), text(row) + ": as many gradients");
      for (std::size_t k = 0; k < device.size() && k < plain.size(); ++k) {
        prove(device[k].shape() == plain[k].shape(), text(row) + ": the same shapes");
        const std::vector<Real> expected = elements(plain[k]);
        detail::prove_near(text(row), elements(device[k]), {expected.begin(), expected.end()},
                           1e-5);
      }
    }
  }
}

PROOF(backend_switch, own_functions) {
  const ZipPrimitive own = {"add", [](Real a, Real b) { return a + 2 * b; }, nullptr};
  Array out({2});
  cuda_backend().zip(own, Array({2}, {1, 2}), Array({2}, {10, 20}), out);
  prove(out(0) == 21 && out(1) == 42, "a reader's own function, whatever it is called");
}

PROOF(backend_switch, the_same_curve) {
  const std::vector<double> plain = learns(plain_product, 3), device = learns(cuda_product, 3);
  for (std::size_t i = 0; i < plain.size(); ++i) prove_close("loss", device[i], plain[i], 1e-5);
  prove(plain.back() < plain.front(), "it learns");
}

}  // namespace
}  // namespace gradbook
