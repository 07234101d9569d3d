#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "09_cuda/fused.hpp"
#include "support/kernel_runs.hpp"

namespace gradbook {
namespace {

struct Rows {
  int rows, columns;
  unsigned threads;
};

// Rows as long as their block, shorter, longer, and much longer; blocks of one warp and of all
constexpr Rows kRows[] = {{3, 1, 32},    {2, 33, 64},    {2, 1024, 1024},
                          {3, 100, 128}, {2, 1000, 128}, {1, 10000, 256}};

std::string text(const Rows& r) {
  return fmt::format("({}, {}) by blocks of {}", r.rows, r.columns, r.threads);
}

std::size_t size(const Rows& r) { return static_cast<std::size_t>(r.rows * r.columns); }

void run_softmax(const Rows& r, const std::vector<float>& numbers, const std::string& what) {
  const DeviceBuffer<float> x(numbers);
  DeviceBuffer<float> y(size(r));
  calling("softmax_kernel, " + what);
  expect_written_once(y.data());
  launch(softmax_kernel, static_cast<unsigned>(r.rows), r.threads)(x.data(), y.data(), r.columns);
  observe_floats("y, " + what, y, in_float(64));
}

CASE(fused_rows, softmax, "rows of any length share one among themselves", {.weight = 2}) {
  for (const Rows& r : kRows) run_softmax(r, input_floats("x", size(r), -4, 4), text(r));
}

CASE(fused_rows, softmax_of_large,
     "logits in the thousands: only what lies below the largest counts") {
  for (const Rows& r : {kRows[1], kRows[3]}) {
    std::vector<float> x(size(r));
    for (float& number : x) number = static_cast<float>(1000 * draw(-4, 4));
    // Two that are the largest share nearly all of it
    for (int row = 0; row < r.rows; ++row) x[row * r.columns + 7] = x[row * r.columns + 30] = 5000;
    // One row lies below 0 altogether
    for (int j = 0; j < r.columns; ++j) x[r.columns + j] -= 20000;
    run_softmax(r, input("x", x), text(r) + ", in the thousands");
  }
}

CASE(fused_rows, softmax_of_infinities, "−∞ gets nothing, be it all that a thread has seen") {
  constexpr float kNothing = -std::numeric_limits<float>::infinity();
  const Rows r{3, 200, 64};
  std::vector<float> x(size(r), kNothing);
  x[static_cast<std::size_t>(draw_integer(0, 199))] = static_cast<float>(draw(-9, 9));
  for (int j = 100; j < 200; ++j) x[200 + j] = static_cast<float>(draw(-4, 4));
  for (int j = 0; j < 200; j += 3) x[400 + j] = static_cast<float>(draw(-4, 4));
  run_softmax(r, input("x", x), "all −∞ but one, the first half, and two of three");
}

CASE(fused_rows, softmax_backward, "what the weighted mean leaves of each gradient") {
  for (const Rows& r : kRows) {
    std::vector<float> shares(size(r));
    for (float& y : shares) y = static_cast<float>(draw(0, 2) / r.columns);
    const DeviceBuffer<float> y(input("y", shares)), dy(input_floats("dy", size(r)));
    DeviceBuffer<float> dx(size(r));
    calling("softmax_backward_kernel, " + text(r));
    expect_written_once(dx.data());
    launch(softmax_backward_kernel, static_cast<unsigned>(r.rows), r.threads)(y.data(), dy.data(),
                                                                              dx.data(), r.columns);
    observe_floats("dx, " + text(r), dx, in_float(256, 2.0 / r.columns));
  }
}

void run_layernorm(const Rows& r, const std::vector<float>& numbers, double scale, float eps,
                   const std::string& what) {
  const auto columns = static_cast<std::size_t>(r.columns), rows = static_cast<std::size_t>(r.rows);
  const DeviceBuffer<float> x(numbers), gain(input_floats("gain", columns, 0.5, 2)),
      bias(input_floats("bias", columns));
  DeviceBuffer<float> y(size(r)), mean(rows), rstd(rows);
  calling("layernorm_kernel, " + what);
  expect_written_once(y.data());
  expect_written_once(mean.data());
  expect_written_once(rstd.data());
  launch(layernorm_kernel, static_cast<unsigned>(r.rows), r.threads)(
      x.data(), gain.data(), bias.data(), y.data(), mean.data(), rstd.data(), r.columns, eps);
  observe_floats("y, " + what, y, in_float(64, scale));
  observe_floats("mean, " + what, mean, in_float(64, scale));
  observe_floats("rstd, " + what, rstd, in_float(256));
}

CASE(fused_rows, layernorm, "mean 0 and variance 1 before gain and bias, for rows of any length",
     {.weight = 2}) {
  for (const Rows& r : kRows)
    run_layernorm(r, input_floats("x", size(r), -1, 3), 4, r.columns == 1 ? 0.5f : 1e-5f, text(r));
}

CASE(fused_rows, layernorm_of_large_mean, "a mean of a thousand leaves the variance as it is") {
  for (const Rows& r : {kRows[1], kRows[4]}) {
    std::vector<float> x(size(r));
    for (float& number : x) number = static_cast<float>(draw(-0.5, 0.5) + 1000);
    run_layernorm(r, input("x", x), 1000, 1e-5f, text(r) + ", about 1000");
  }
}

struct Normalised {
  DeviceBuffer<float> x, mean, rstd, dy;
};

// Any numbers do for what layernorm_kernel left, and each row has its own
Normalised normalised(const Rows& r) {
  const auto rows = static_cast<std::size_t>(r.rows);
  return {DeviceBuffer<float>(input_floats("x", size(r))),
          DeviceBuffer<float>(input_floats("mean", rows, -1, 1)),
          DeviceBuffer<float>(input_floats("rstd", rows, 0.5, 2)),
          DeviceBuffer<float>(input_floats("dy", size(r)))};
}

CASE(fused_rows, layernorm_backward,
     "what changes the mean or the spread of a row changes nothing") {
  for (const Rows& r : kRows) {
    const Normalised in = normalised(r);
    const DeviceBuffer<float> gain(
        input_floats("gain", static_cast<std::size_t>(r.columns), 0.5, 2));
    DeviceBuffer<float> dx(size(r));
    calling("the backward step, " + text(r));
    expect_written_once(dx.data());
    launch(layernorm_backward_kernel, static_cast<unsigned>(r.rows), r.threads)(
        in.x.data(), gain.data(), in.mean.data(), in.rstd.data(), in.dy.data(), dx.data(),
        r.columns);
    observe_floats("dx, " + text(r), dx, in_float(64, 16));
  }
}

CASE(fused_rows, layernorm_parameters, "each column's sum over all rows, be it of none") {
  const Rows kTables[] = {{1, 1, 32}, {40, 5, 32}, {7, 33, 32}, {3, 100, 64}, {0, 6, 32}};
  for (const Rows& r : kTables) {
    const Normalised in = normalised(r);
    const auto columns = static_cast<std::size_t>(r.columns);
    DeviceBuffer<float> dgain(columns), dbias(columns);
    calling("the gradients of gain and bias, " + text(r));
    expect_written_once(dgain.data());
    expect_written_once(dbias.data());
    launch(layernorm_parameters_kernel,
           (static_cast<unsigned>(r.columns) + r.threads - 1) / r.threads,
           r.threads)(in.x.data(), in.mean.data(), in.rstd.data(), in.dy.data(), dgain.data(),
                      dbias.data(), r.rows, r.columns);
    observe_floats("dgain, " + text(r), dgain, in_float(64, 8));
    observe_floats("dbias, " + text(r), dbias, in_float(64, 8));
  }
}

void run_cross_entropy(const Rows& r, const std::vector<float>& numbers,
                       const std::vector<int>& right, double scale, const std::string& what) {
  const DeviceBuffer<float> logits(numbers);
  const DeviceBuffer<int> labels(right);
  DeviceBuffer<float> loss(right.size()), dlogits(size(r));
  calling("cross_entropy_kernel, " + what);
  expect_written_once(loss.data());
  expect_written_once(dlogits.data());
  launch(cross_entropy_kernel, static_cast<unsigned>(r.rows), r.threads)(
      logits.data(), labels.data(), loss.data(), dlogits.data(), r.columns);
  observe_floats("loss, " + what, loss, in_float(64, scale));
  observe_floats("dlogits, " + what, dlogits, in_float(64));
}

std::vector<int> input_labels(const Rows& r) {
  std::vector<int> labels(static_cast<std::size_t>(r.rows));
  for (int& label : labels) label = static_cast<int>(draw_integer(0, r.columns - 1));
  return input("labels", labels);
}

CASE(fused_rows, cross_entropy, "loss and gradient of each row from its logits", {.weight = 2}) {
  for (const Rows& r : kRows) {
    const std::vector<float> logits = input_floats("logits", size(r), -4, 4);
    run_cross_entropy(r, logits, input_labels(r), 4, text(r));
  }
}

CASE(fused_rows, cross_entropy_of_large,
     "who is wrong altogether has a loss in the thousands, not ∞") {
  for (const Rows& r : {kRows[1], kRows[3]}) {
    std::vector<float> logits(size(r));
    for (float& number : logits) number = static_cast<float>(1000 * draw(-4, 4));
    run_cross_entropy(r, input("logits", logits), input_labels(r), 0,
                      text(r) + ", in the thousands");
  }
}

CASE(fused_rows, unknown_labels, "a label that is no column spoils its own row, and nothing else") {
  const Rows r{6, 20, 32};
  const std::vector<float> logits = input_floats("logits", size(r));
  run_cross_entropy(r, logits, input("labels", std::vector<int>{3, -1, 19, 20, 1 << 30, 0}), 1,
                    "labels −1, 20 and 2³⁰ of 20 columns");
}

CASE(fused_rows, in_its_place, "the result may take the place of what was read") {
  for (const Rows& r : {kRows[1], kRows[4]}) {
    const auto rows = static_cast<unsigned>(r.rows);
    DeviceBuffer<float> x(input_floats("x", size(r))), dy(input_floats("dy", size(r))),
        logits(input_floats("logits", size(r))), loss(rows), mean(rows), rstd(rows);
    const DeviceBuffer<float> column(input_floats("gain and bias", r.columns));
    const DeviceBuffer<int> labels(input_labels(r));
    calling("cross_entropy_kernel with dlogits = logits, " + text(r));
    launch(cross_entropy_kernel, rows, r.threads)(logits.data(), labels.data(), loss.data(),
                                                  logits.data(), r.columns);
    observe_floats("loss, in its place, " + text(r), loss, in_float(64, 2));
    calling("softmax_kernel with y = x, softmax_backward_kernel with dx = dy, " + text(r));
    launch(softmax_kernel, rows, r.threads)(x.data(), x.data(), r.columns);
    launch(softmax_backward_kernel, rows, r.threads)(x.data(), dy.data(), dy.data(), r.columns);
    observe_floats("dx, in its place, " + text(r), dy, in_float(64, 2.0 / r.columns));
    calling("layernorm_kernel with y = x, layernorm_backward_kernel with dx = dy, " + text(r));
    launch(layernorm_kernel, rows, r.threads)(logits.data(), column.data(), column.data(),
                                              logits.data(), mean.data(), rstd.data(), r.columns,
                                              1e-5f);
    observe_floats("y, in its place, " + text(r), logits, in_float(256, 4));
    launch(layernorm_backward_kernel, rows, r.threads)(logits.data(), column.data(), mean.data(),
                                                       rstd.data(), x.data(), x.data(), r.columns);
    observe_floats("dx of layernorm, in its place, " + text(r), x, in_float(4096, 16));
  }
}

CASE(fused_rows, same_bits, "a sum is added up in the same order, in whatever order threads run") {
  const Rows r{2, 300, 128};
  const DeviceBuffer<float> x(input_floats("x", size(r)));
  const DeviceBuffer<int> labels(input_labels(r));
  std::vector<std::vector<float>> losses, gradients;
  calling("cross_entropy_kernel and softmax_backward_kernel, threads from first to last and back");
  for (const ThreadOrder order : {ThreadOrder::ascending, ThreadOrder::descending}) {
    use_thread_order(order);
    DeviceBuffer<float> loss(2), dx(size(r));
    launch(cross_entropy_kernel, 2, r.threads)(x.data(), labels.data(), loss.data(), dx.data(),
                                               r.columns);
    losses.push_back(loss.to_host());
    launch(softmax_backward_kernel, 2, r.threads)(x.data(), x.data(), dx.data(), r.columns);
    gradients.push_back(dx.to_host());
  }
  use_thread_order(ThreadOrder::ascending);
  observe("the same losses, bit by bit", losses[0] == losses[1]);
  observe("the same gradients, bit by bit", gradients[0] == gradients[1]);
}

// What a row costs, of 1000 numbers and of 4000 by 128 threads
void observe_cost(const std::string& kernel, int columns) {
  const std::string what = fmt::format("{} of {}", kernel, columns);
  observe("reads, " + what, last_launch().counters.global_reads);
  observe("barriers, " + what, last_launch().counters.barriers);
}

CASE(fused_rows, traffic, "a row is read as often as it must be, and waits a few times",
     {.weight = 2}) {
  for (const int columns : {1000, 4000}) {
    const auto n = static_cast<std::size_t>(columns);
    const DeviceBuffer<float> x(input_floats("x", n)), dy(input_floats("dy", n)),
        column(input_floats("gain and bias", n, 0.5, 2));
    const DeviceBuffer<int> label(std::vector<int>{columns / 2});
    DeviceBuffer<float> y(n), mean(1), rstd(1);
    const std::string of = fmt::format(" of {}", columns);
    calling(fmt::format("all kernels of a row, of {} columns by a block of 128", columns));
    launch(softmax_kernel, 1, 128)(x.data(), y.data(), columns);
    observe_floats("softmax" + of, y, in_float(64));
    observe_cost("softmax", columns);
    launch(softmax_backward_kernel, 1, 128)(column.data(), dy.data(), y.data(), columns);
    observe_floats("softmax backward" + of, y, in_float(256, 64));
    observe_cost("softmax backward", columns);
    launch(layernorm_kernel, 1, 128)(x.data(), column.data(), column.data(), y.data(), mean.data(),
                                     rstd.data(), columns, 1e-5f);
    observe_floats("layernorm" + of, y, in_float(64, 4));
    observe_cost("layernorm", columns);
    launch(layernorm_backward_kernel, 1, 128)(x.data(), column.data(), mean.data(), rstd.data(),
                                              dy.data(), y.data(), columns);
    observe_floats("layernorm backward" + of, y, in_float(256, 16));
    observe_cost("layernorm backward", columns);
    launch(cross_entropy_kernel, 1, 128)(x.data(), label.data(), mean.data(), y.data(), columns);
    observe_floats("cross-entropy" + of, y, in_float(64));
    observe_cost("cross-entropy", columns);
  }
}

JUDGE(fused_rows, traffic) {
  constexpr struct {
    const char* name;
    int reads;   // of each column
    int others;  // of each thread: what there is one of a row
  } kKernels[] = {{"softmax", 2, 0},
                  {"softmax backward", 4, 0},
                  {"layernorm", 5, 0},
                  {"layernorm backward", 6, 2},
                  {"cross-entropy", 2, 3}};
  double earned = 0;
  std::string says;
  for (const auto& kernel : kKernels) {
    double share = 1;
    for (const int columns : {1000, 4000}) {
      const std::string of = fmt::format("{} of {}", kernel.name, columns);
      const std::vector<double>&got = reals(student, of), &expected = reals(reference, of);
      for (std::size_t i = 0; i < got.size(); ++i)
        if (!(std::abs(got[i] - expected[i]) <= 1e-3 * (1 + std::abs(expected[i])))) share = 0;
      const auto reads = integer(student, "reads, " + of),
                 most_reads = std::int64_t{kernel.reads} * columns + 128 * kernel.others,
                 barriers = integer(student, "barriers, " + of);
      // Two sums by a tree of 128 threads: 8 barriers each, and a few between
      constexpr std::int64_t kBarriers = 24;
      if (share == 0)
        says = kernel.name + std::string(": the values are wrong");
      else if (reads > most_reads || barriers > kBarriers) {
        share = 0.3;
        says = fmt::format(
            "{}: a row of {} was read {} times in all, where {} do, with {} "
            "barriers, where {} do",
            kernel.name, columns, reads, most_reads, barriers, kBarriers);
      }
      if (share < 1) break;
    }
    earned += share / 5;
  }
  return says.empty() ? pass() : partly(earned, says);
}

// What plain loops in float64 make of a row
struct PlainRow {
  double largest = 0, exponentials = 0, mean = 0, rstd = 0;

  PlainRow(const float* x, int columns) : largest(*std::max_element(x, x + columns)) {
    double squares = 0;
    for (int j = 0; j < columns; ++j) {
      exponentials += std::exp(x[j] - largest);
      mean += double(x[j]) / columns;
    }
    for (int j = 0; j < columns; ++j) squares += (x[j] - mean) * (x[j] - mean);
    rstd = 1 / std::sqrt(squares / columns + 1e-5);
  }
};

PROOF(fused_rows, plain_loops) {
  constexpr int kColumns = 70;
  const std::vector<double> drawn = draw_list(6 * kColumns, -2, 2);
  const std::vector<float> x(drawn.begin(), drawn.begin() + 2 * kColumns),
      dy(drawn.begin() + 2 * kColumns, drawn.begin() + 4 * kColumns),
      gain(drawn.begin() + 4 * kColumns, drawn.begin() + 5 * kColumns);
  const DeviceBuffer<float> in(x), above(dy), column(gain);
  const DeviceBuffer<int> label(std::vector<int>{69, 3});
  DeviceBuffer<float> shares(2 * kColumns), out(2 * kColumns), loss(2), mean(2), rstd(2),
      dgain(kColumns), dbias(kColumns);
  launch(softmax_kernel, 2, 32)(in.data(), shares.data(), kColumns);
  const std::vector<float> y = shares.to_host();
  launch(softmax_backward_kernel, 2, 64)(shares.data(), above.data(), out.data(), kColumns);
  const std::vector<float> softmax_dx = out.to_host();
  launch(cross_entropy_kernel, 2, 96)(in.data(), label.data(), loss.data(), out.data(), kColumns);
  const std::vector<float> losses = loss.to_host(), dlogits = out.to_host();
  launch(layernorm_kernel, 2, 32)(in.data(), column.data(), column.data(), out.data(), mean.data(),
                                  rstd.data(), kColumns, 1e-5f);
  const std::vector<float> normal = out.to_host();
  launch(layernorm_backward_kernel, 2, 64)(in.data(), column.data(), mean.data(), rstd.data(),
                                           above.data(), out.data(), kColumns);
  const std::vector<float> dx = out.to_host();
  launch(layernorm_parameters_kernel, 3, 32)(in.data(), mean.data(), rstd.data(), above.data(),
                                             dgain.data(), dbias.data(), 2, kColumns);
  const std::vector<float> grad_gain = dgain.to_host(), grad_bias = dbias.to_host();

  std::vector<double> sum_gain(kColumns), sum_bias(kColumns);
  for (int i = 0; i < 2; ++i) {
    const float *row = x.data() + i * kColumns, *gradient = dy.data() + i * kColumns;
    const PlainRow plain(row, kColumns);
    const auto share = [&](int j) { return std::exp(row[j] - plain.largest) / plain.exponentials; };
    const auto normalised = [&](int j) { return (row[j] - plain.mean) * plain.rstd; };
    double dot = 0, of_g = 0, of_q = 0;
    for (int j = 0; j < kColumns; ++j) {
      dot += share(j) * gradient[j];
      of_g += double(gradient[j]) * gain[j] / kColumns;
      of_q += double(gradient[j]) * gain[j] * normalised(j) / kColumns;
    }
    const int right = i == 0 ? 69 : 3;
    prove_close("loss", losses[i], -std::log(share(right)), 1e-5);
    for (int j = 0; j < kColumns; ++j) {
      const int at = i * kColumns + j;
      prove_close("softmax", y[at], share(j), 1e-6);
      prove_close("its gradient", softmax_dx[at], share(j) * (gradient[j] - dot), 1e-6);
      prove_close("dlogits", dlogits[at], share(j) - (j == right), 1e-6);
      prove_close("layernorm", normal[at], gain[j] * normalised(j) + gain[j], 2e-5);
      const double expected = plain.rstd * (gradient[j] * gain[j] - of_g - normalised(j) * of_q);
      prove_close("its gradient", dx[at], expected, 2e-5);
      sum_gain[j] += gradient[j] * normalised(j);
      sum_bias[j] += gradient[j];
    }
  }
  for (int j = 0; j < kColumns; ++j) {
    prove_close("dgain", grad_gain[j], sum_gain[j], 2e-5);
    prove_close("dbias", grad_bias[j], sum_bias[j], 1e-5);
  }
}

}  // namespace
}  // namespace gradbook
