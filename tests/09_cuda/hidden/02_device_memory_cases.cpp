#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "09_cuda/device_memory.hpp"
#include "support/device_use.hpp"
#include "support/kernel_runs.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

FloatBuffer filled(const std::vector<float>& numbers) {
  FloatBuffer buffer(numbers.size());
  buffer.copy_from(numbers);
  return buffer;
}

const std::span<const float> kNowhere(static_cast<const float*>(nullptr), 33);

// ---- the owner ----------------------------------------------------------------------------------

CASE(device_memory, there_and_back, "numbers come back as they went, and nothing else is copied",
     {.weight = 2}) {
  for (const std::size_t n : {1u, 31u, 33u, 1000u}) {
    const Since start;
    {
      FloatBuffer buffer(n);
      for (const char* turn : {"first", "second"}) {
        buffer.copy_from(input_floats("numbers", n));
        observe(fmt::format("{} copy of {}", turn, n), buffer.to_host());
      }
      observe(fmt::format("size of {}", n), static_cast<std::int64_t>(buffer.size()));
    }
    start.observe_all(fmt::format("{} numbers", n));
  }
}

CASE(device_memory, bytes_allocated, "as many bytes as the numbers have") {
  const auto n = static_cast<std::size_t>(input("n", draw_integer(1, 5000)));
  const auto before = device_traffic().bytes_in_use;
  const FloatBuffer buffer(n);
  observe("bytes", device_traffic().bytes_in_use - before);
}

CASE(device_memory, none, "no numbers: nothing is allocated, and nothing is copied") {
  const Since start;
  FloatBuffer buffer(0);
  observe("pieces", start.pieces());
  observe("data() is nullptr", buffer.data() == nullptr);
  buffer.copy_from({});
  observe("numbers", static_cast<std::int64_t>(buffer.to_host().size()));
  FloatBuffer other(std::move(buffer));
  start.observe_all("none");
}

CASE(device_memory, wrong_length, "as many numbers as there is room for, and no others") {
  const Since start;
  FloatBuffer buffer = filled(input_floats("numbers", 5));
  for (const std::size_t n : {0u, 4u, 6u})
    observe_error(fmt::format("{} numbers into 5", n),
                  [&] { buffer.copy_from(std::vector<float>(n, 7)); });
  observe("as before", buffer.to_host());
  start.observe_all("after that");
}

CASE(device_memory, moved, "a new owner, and the old one has nothing", {.weight = 2}) {
  const Since start;
  {
    FloatBuffer first = filled(input_floats("numbers", 9));
    const float* const place = first.data();
    FloatBuffer second(std::move(first));
    observe("the same memory", second.data() == place);
    observe("numbers", second.to_host());
    // NOLINTNEXTLINE: what a move leaves behind is what is observed
    observe("the old one has none", first.data() == nullptr && first.size() == 0);
    observe("pieces", start.pieces());
  }
  start.observe_leaks("after both");
}

CASE(device_memory, move_assigned, "what the target had is given back at once", {.weight = 2}) {
  const Since start;
  {
    FloatBuffer first = filled(input_floats("numbers", 9)), second = filled(input_floats("old", 4));
    second = std::move(first);
    observe("pieces, one of two", start.pieces());
    observe("numbers", second.to_host());
    observe("size", static_cast<std::int64_t>(second.size()));
    // NOLINTNEXTLINE: what a move leaves behind is what is observed
    observe("the old one has none", first.data() == nullptr && first.size() == 0);
    first = filled(input_floats("new", 3));
    observe("it can take others", first.to_host());
    second = FloatBuffer(0);
    observe("pieces, after taking none", start.pieces());
  }
  start.observe_leaks("after both");
}

CASE(device_memory, self_move, "moved to itself, it keeps what it has") {
  const Since start;
  {
    FloatBuffer buffer = filled(input_floats("numbers", 6));
    FloatBuffer& itself = buffer;
    buffer = std::move(itself);
    observe("pieces", start.pieces());
    observe("size", static_cast<std::int64_t>(buffer.size()));
    if (buffer.data() != nullptr) observe("numbers", buffer.to_host());
  }
  start.observe_leaks("after it");
}

CASE(device_memory, many_owners, "a list that grows moves its elements") {
  const Since start;
  {
    std::vector<FloatBuffer> all;
    for (std::size_t n = 1; n < 12; ++n) all.push_back(filled(input_floats("numbers", n)));
    all.erase(all.begin() + 3);
    std::vector<float> together;
    for (const FloatBuffer& one : all)
      for (const float x : one.to_host()) together.push_back(x);
    observe("numbers", together);
    observe("pieces", start.pieces());
  }
  start.observe_leaks("after all");
}

CASE(device_memory, no_room, "too large an allocation says its bytes and its line", {.weight = 2}) {
  const Since start;
  const std::size_t floats = std::size_t{1} << 41 | 5;
  const std::string bytes = std::to_string(floats * sizeof(float));
  const std::string says = message_of<DeviceError>([=] { FloatBuffer{floats}; });
  observe("a DeviceError with the bytes", names(says, bytes));
  observe("with the line of the caller", names(says, "02_device_memory_cases.cpp:"));
  observe_error("more bytes than a number holds", [] { FloatBuffer{std::size_t{1} << 62}; });
  cudaGetLastError();
  start.observe_leaks("after that");
}

CASE(device_memory, failed_copy, "a copy that fails is an error with bytes and line") {
  FloatBuffer buffer(33);
  const std::string says = message_of<DeviceError>([&] { buffer.copy_from(kNowhere); });
  observe("a DeviceError with the bytes", names(says, "132"));
  observe("with the line of the caller", names(says, "02_device_memory_cases.cpp:"));
  cudaGetLastError();
}

// ---- there, add, and back -----------------------------------------------------------------------

CASE(device_memory, sums, "two copies there, one back, and all memory given back", {.weight = 2}) {
  for (const std::size_t n : {1u, 31u, 32u, 33u, 255u, 257u, 1000u}) {
    const std::vector<float> a = input_floats("a", n), b = input_floats("b", n);
    const Since start;
    observe(fmt::format("sums of {}", n), add_on_device(a, b), in_float());
    start.observe_all(fmt::format("{} numbers", n));
  }
}

CASE(device_memory, sums_of_none, "no numbers, and nothing is asked of the device") {
  const Since start;
  observe("numbers", static_cast<std::int64_t>(add_on_device({}, {}).size()));
  start.observe_all("none");
}

CASE(device_memory, sums_refused, "lengths that differ, before anything is allocated") {
  for (const auto& [m, n] : {std::pair{3u, 4u}, {4u, 3u}, {0u, 1u}, {5u, 0u}}) {
    const Since start;
    observe_error(fmt::format("{} and {} numbers", m, n), [&, m = m, n = n] {
      add_on_device(std::vector<float>(m, 1), std::vector<float>(n, 1));
    });
    start.observe_all(fmt::format("{} and {} numbers", m, n));
  }
}

CASE(device_memory, sums_that_fail, "nothing leaks where the first or the second copy fails",
     {.weight = 2}) {
  const std::vector<float> numbers = input_floats("numbers", 33);
  for (const bool first : {true, false}) {
    const Since start;
    observe_error(first ? "the first copy fails" : "the second copy fails", [&] {
      add_on_device(first ? kNowhere : std::span(numbers), first ? std::span(numbers) : kNowhere);
    });
    cudaGetLastError();
    start.observe_leaks(first ? "the first copy fails" : "the second copy fails");
  }
}

// ---- chunks in two streams ----------------------------------------------------------------------

struct Chunks {
  std::size_t n, chunk;
};

CASE(device_memory, chunks, "every number once, whether the chunks come out even or not",
     {.weight = 2}) {
  for (const auto& [n, chunk] : {Chunks{1, 1},
                                 {32, 32},
                                 {33, 32},
                                 {64, 32},
                                 {100, 7},
                                 {96, 32},
                                 {5, 100},
                                 {300, 299},
                                 {31, 10}}) {
    const PinnedBuffer<float> a = pinned(input_floats("a", n)), b = pinned(input_floats("b", n));
    PinnedBuffer<float> c = pinned(std::vector<float>(n, -9));
    const std::string what = fmt::format("{} numbers in chunks of {}", n, chunk);
    calling("add_in_chunks, " + what);
    const Since start;
    add_in_chunks(a.span(), b.span(), c.span(), chunk);
    observe("sums, " + what, std::span<const float>(c.span()), in_float());
    start.observe_all(what);
    observe("copies that could not be asynchronous, " + what, start.unpinned());
  }
}

CASE(device_memory, chunks_of_part, "numbers around the three lists are left alone") {
  const PinnedBuffer<float> a = pinned(input_floats("a", 80)), b = pinned(input_floats("b", 80));
  PinnedBuffer<float> c = pinned(std::vector<float>(80, -9));
  add_in_chunks(a.span().subspan(5, 50), b.span().subspan(20, 50), c.span().subspan(10, 50), 16);
  observe("c, of which the middle is written", std::span<const float>(c.span()), in_float());
}

CASE(device_memory, chunks_of_none, "no numbers: nothing is copied") {
  const Since start;
  add_in_chunks({}, {}, {}, 8);
  start.observe_all("none");
}

CASE(device_memory, chunks_refused, "lengths that differ, and chunks of nothing") {
  const PinnedBuffer<float> four = pinned({1, 2, 3, 4});
  PinnedBuffer<float> c = pinned({5, 6, 7, 8});
  const std::span<const float> all = four.span(), three = all.first(3);
  const Since start;
  observe_error("a is shorter", [&] { add_in_chunks(three, all, c.span(), 2); });
  observe_error("b is shorter", [&] { add_in_chunks(all, three, c.span(), 2); });
  observe_error("c is shorter", [&] { add_in_chunks(all, all, c.span().first(3), 2); });
  observe_error("chunks of 0", [&] { add_in_chunks(all, all, c.span(), 0); });
  observe("c as before", std::span<const float>(c.span()));
  start.observe_all("after that");
}

CASE(device_memory, chunks_that_fail, "nothing leaks where a copy is refused") {
  const PinnedBuffer<float> a = pinned(input_floats("a", 33));
  PinnedBuffer<float> c = pinned(std::vector<float>(33, -9));
  const Since start;
  observe_error("b is nowhere", [&] { add_in_chunks(a.span(), kNowhere, c.span(), 8); });
  cudaGetLastError();
  start.observe_leaks("after that");
}

// ---- what the timeline of the model says --------------------------------------------------------

double seconds_on_timeline() {
  double begin = 1e300, end = 0;
  for (const TimelineEntry& entry : device_timeline()) {
    begin = std::min(begin, entry.begin);
    end = std::max(end, entry.end);
  }
  return end - begin;
}

// Adds so many chunks, each copy of which takes a second, as a kernel does or not
void add_on_timeline(std::size_t chunks, double kernel_seconds) {
  constexpr std::size_t kChunk = 32;
  const std::size_t n = kChunk * chunks;
  use_device_model({.copy_bytes_per_second = kChunk * sizeof(float),
                    .copy_seconds = 0,
                    .kernel_seconds = kernel_seconds});
  const PinnedBuffer<float> a = pinned(input_floats("a", n)), b = pinned(input_floats("b", n));
  PinnedBuffer<float> c = pinned(std::vector<float>(n, -9));
  cudaDeviceSynchronize();
  clear_timeline();
  calling("add_in_chunks, where a copy of a chunk takes a second");
  add_in_chunks(a.span(), b.span(), c.span(), kChunk);
  cudaDeviceSynchronize();
  observe("sums", std::span<const float>(c.span()), in_float());
}

void observe_seconds() {
  observe("seconds", seconds_on_timeline());
  double alone = 0;
  for (const TimelineEntry& entry : device_timeline()) alone += entry.end - entry.begin;
  observe("seconds one after the other", alone);
}

Verdict nearly_as_fast(const Observations& student, const Observations& reference) {
  if (reals(student, "sums") != reals(reference, "sums")) return fail("the sums are wrong");
  const double seconds = real(student, "seconds"), best = real(reference, "seconds"),
               alone = real(reference, "seconds one after the other");
  if (seconds <= 1.1 * best) return pass();
  const std::string says = fmt::format(
      "on the timeline of the model it takes {:.1f} s; one operation after the other takes {:.1f} "
      "s, and {:.1f} s are possible. Do two streams take turns? Does anything wait in between?",
      seconds, alone, best);
  return seconds < 0.95 * alone ? partly(0.4, says) : fail(says);
}

CASE(device_memory, overlap, "copies of one stream go on while the other one computes",
     {.weight = 2}) {
  add_on_timeline(static_cast<std::size_t>(input("chunks", draw_integer(8, 12))),
                  input("seconds of a kernel", draw(0.8, 1.5)));
  observe_seconds();
}
JUDGE(device_memory, overlap) { return nearly_as_fast(student, reference); }

CASE(device_memory, both_ways, "one chunk comes back while the next one goes there") {
  add_on_timeline(static_cast<std::size_t>(input("chunks", draw_integer(8, 12))), 0.01);
  observe_seconds();
}
JUDGE(device_memory, both_ways) { return nearly_as_fast(student, reference); }

CASE(device_memory, two_streams, "two streams take turns, and nothing is in the default one") {
  add_on_timeline(7, 1);
  std::map<int, std::int64_t> operations;
  for (const TimelineEntry& entry : device_timeline()) ++operations[entry.stream];
  observe("in the default stream", operations[0]);
  operations.erase(0);
  std::vector<std::int64_t> each;
  each.reserve(operations.size());
  for (const auto& [stream, count] : operations) each.push_back(count);
  observe("in each of the others", each);
}

PROOF(device_memory, by_hand) {
  const std::vector<double> drawn = draw_list(200, -2, 2);
  const std::vector<float> a(drawn.begin(), drawn.begin() + 100),
      b(drawn.begin() + 100, drawn.end());
  const PinnedBuffer<float> x = pinned(a), y = pinned(b);
  PinnedBuffer<float> z = pinned(std::vector<float>(100, -9));
  add_in_chunks(x.span(), y.span(), z.span(), 17);
  const std::vector<float> sum = add_on_device(a, b);
  for (std::size_t i = 0; i < 100; ++i) {
    prove_close("add_on_device", sum[i], double{a[i]} + b[i], 1e-6);
    prove_close("add_in_chunks", z.data()[i], double{a[i]} + b[i], 1e-6);
  }

  // Two copies there are what all waits for: 2 s a chunk, then a kernel and a copy back
  use_device_model({.copy_bytes_per_second = 40, .copy_seconds = 0, .kernel_seconds = 1});
  clear_timeline();
  add_in_chunks(x.span(), y.span(), z.span(), 10);
  prove_close("seconds of 10 chunks", seconds_on_timeline(), 22, 1e-6);
}

}  // namespace
}  // namespace gradbook
