#include <algorithm>
#include <limits>
#include <numeric>

#include "06_training/data.hpp"
#include "support/modules.hpp"

namespace gradbook {
namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

std::vector<std::uint64_t> numbers(const Batch& batch) { return {batch.begin(), batch.end()}; }

// Observes how many batches there are, and each of them
void observe_batches(std::size_t n, std::size_t size, std::uint64_t seed, std::uint64_t epoch) {
  const std::string what =
      fmt::format("{} examples by {}, seed {}, epoch {}", n, size, seed, epoch);
  calling("batches_of_epoch, " + what);
  const std::vector<Batch> batches = batches_of_epoch(n, size, seed, epoch);
  observe("number of batches, " + what, batches.size());
  for (std::size_t i = 0; i < batches.size(); ++i)
    observe(fmt::format("batch {}, {}", i, what), numbers(batches[i]));
}

std::uint64_t draw_seed() {
  return static_cast<std::uint64_t>(input("seed", draw_integer(0, 1'000'000)));
}

Examples draw_examples(std::size_t n, std::size_t width) {
  Examples all{input_matrix("inputs", n, width), {}};
  for (std::size_t i = 0; i < n; ++i) all.labels.push_back(draw_integer(0, 9));
  input("labels", all.labels);
  return all;
}

void observe_gathered(const Examples& all, const Batch& batch, const std::string& what) {
  const Examples before = all;
  input("batch", numbers(batch));
  calling("gather, " + what);
  const Examples some = gather(all, batch);
  observe("inputs, " + what, some.inputs);
  observe("labels, " + what, some.labels);
  observe("the examples are as before, " + what,
          same_bits(all.inputs, before.inputs) && all.labels == before.labels);
}

CASE(batches, order, "every example exactly once, in the order of the contract's shuffle",
     {.weight = 2}) {
  for (const std::size_t n : {2, 3, 7, 31}) observe_batches(n, n, draw_seed(), 0);
}

CASE(batches, whole_batches, "batches that fit into the examples without a rest") {
  observe_batches(6, 2, draw_seed(), 0);
  observe_batches(21, 7, draw_seed(), 1);
  observe_batches(5, 1, draw_seed(), 2);
}

CASE(batches, last_batch, "the last batch has what is left, and no example is dropped",
     {.weight = 2}) {
  observe_batches(7, 3, draw_seed(), 0);
  observe_batches(11, 5, draw_seed(), 1);
  observe_batches(5, 4, draw_seed(), 2);
  observe_batches(13, 7, draw_seed(), 3);
}

CASE(batches, larger_than_all, "a batch larger than all examples makes one batch of all") {
  observe_batches(5, 6, draw_seed(), 0);
  observe_batches(3, 1000, draw_seed(), 1);
  observe_batches(7, kMost, draw_seed(), 2);
}

CASE(batches, few, "one example is one batch; no examples are no batches") {
  for (const std::size_t size : {1, 3}) {
    observe_batches(1, size, draw_seed(), 0);
    observe_batches(0, size, draw_seed(), 0);
  }
}

CASE(batches, epochs, "each epoch has an order of its own", {.weight = 2}) {
  const std::uint64_t seed = draw_seed();
  for (const std::uint64_t epoch : {0, 1, 2, 17}) observe_batches(11, 4, seed, epoch);
}

CASE(batches, seeds, "equal seeds and epochs give equal batches, whatever was asked in between") {
  const std::uint64_t seed = draw_seed();
  for (const std::uint64_t more : {0, 5, 0, 1}) observe_batches(13, 5, seed + more, 3);
  observe_batches(13, 5, kMost, 1);
}

CASE(batches, many, "a thousand examples, of which none is lost or comes twice") {
  for (const std::size_t size : {32, 999}) {
    calling(fmt::format("batches_of_epoch, 1009 examples by {}", size));
    std::vector<std::uint64_t> all, sizes;
    for (const Batch& batch : batches_of_epoch(1009, size, draw_seed(), 4)) {
      sizes.push_back(batch.size());
      all.insert(all.end(), batch.begin(), batch.end());
    }
    observe(fmt::format("sizes, by {}", size), sizes);
    observe(fmt::format("all numbers in their order, by {}", size), all);
  }
}

CASE(batches, gather, "the rows and labels with these numbers, in the order of the batch",
     {.weight = 2}) {
  observe_gathered(draw_examples(7, 3), {4, 0, 6, 2}, "4 of 7");
  observe_gathered(draw_examples(5, 5), {4, 3, 2, 1, 0}, "5 of 5, the last first");
  observe_gathered(draw_examples(2, 11), {1}, "1 of 2");
  observe_gathered(draw_examples(1, 1), {0}, "the only one");
}

CASE(batches, gather_twice, "a number that comes twice gives two equal examples") {
  observe_gathered(draw_examples(3, 2), {1, 1, 2, 1, 0, 2, 2}, "7 out of 3");
}

CASE(batches, gather_nothing,
     "an empty batch has no rows, each as wide as ever; rows may be empty") {
  observe_gathered(draw_examples(4, 3), {}, "none of 4");
  observe_gathered(draw_examples(0, 3), {}, "none of none");
  observe_gathered(draw_examples(4, 0), {3, 1}, "without inputs");
}

CASE(batches, errors, "a batch of size 0, and examples that are not there") {
  observe_error("size 0", [] { batches_of_epoch(5, 0, 1, 0); });
  observe_error("size 0, no examples", [] { batches_of_epoch(0, 0, 1, 0); });
  const Examples all = draw_examples(4, 2), none = draw_examples(0, 2);
  observe_error("example 4 of 4", [&] { gather(all, {0, 4}); });
  observe_error("example 3 of 4", [&] { gather(all, {3, 0}); });
  observe_error("example 2^64 − 1 of 4", [&] { gather(all, {static_cast<std::size_t>(kMost)}); });
  observe_error("example 0 of none", [&] { gather(none, {0}); });
}

PROOF(batches, each_exactly_once) {
  for (std::size_t n = 0; n < 40; ++n) {
    for (const std::size_t size : {1, 2, 3, 7, 13, 64}) {
      Batch all;
      std::size_t batches = 0;
      for (const Batch& batch : batches_of_epoch(n, size, 1 + n, size)) {
        const std::size_t left = n - all.size();
        prove(batch.size() == std::min(size, left), "all batches but the last are full");
        all.insert(all.end(), batch.begin(), batch.end());
        ++batches;
      }
      prove(batches == (n + size - 1) / size, "n / size batches, rounded up");
      Batch expected(n);
      std::iota(expected.begin(), expected.end(), std::size_t{0});
      prove(std::is_permutation(all.begin(), all.end(), expected.begin(), expected.end()),
            "each example exactly once");
    }
  }
}

// All six orders of three examples are equally likely: of 6000 seeds each has 1000, give or take
// 5 · √(6000 · 1/6 · 5/6) = 144
PROOF(batches, every_order_is_equally_likely) {
  std::vector<int> counts(6);
  for (std::uint64_t seed = 0; seed < 6000; ++seed) {
    Batch order = batches_of_epoch(3, 3, seed, 0).at(0), sorted = {0, 1, 2};
    for (int place = 0;; ++place) {
      if (order == sorted) {
        ++counts.at(static_cast<std::size_t>(place));
        break;
      }
      std::next_permutation(sorted.begin(), sorted.end());
    }
  }
  for (const int count : counts) prove(count > 856 && count < 1144, "each order about 1000 times");
}

PROOF(batches, epochs_differ) {
  std::vector<Batch> orders;
  for (std::uint64_t epoch = 0; epoch < 50; ++epoch)
    orders.push_back(batches_of_epoch(20, 20, 1, epoch).at(0));
  std::sort(orders.begin(), orders.end());
  prove(std::adjacent_find(orders.begin(), orders.end()) == orders.end(), "50 different orders");
  prove(batches_of_epoch(20, 3, 7, 2) == batches_of_epoch(20, 3, 7, 2), "and the same ones again");
}

}  // namespace
}  // namespace gradbook
