#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "09_cuda/elementwise.hpp"
#include "09_cuda/roofline.hpp"
#include "support/kernel_runs.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN(),
                 kEndless = std::numeric_limits<double>::infinity();
constexpr double kWrong[] = {0, -2.5, kNone, kEndless, -kEndless};

Peak drawn_peak() {
  return {input("peak of FLOP/s", draw(1e12, 1e14)), input("peak of bytes/s", draw(1e11, 5e12))};
}

Card drawn_card() {
  return {"drawn",
          static_cast<double>(input("multiprocessors", draw_integer(10, 200))),
          static_cast<double>(input("cores", draw_integer(32, 256))),
          input("boost_ghz", draw(0.9, 2.9)),
          static_cast<double>(input("bus_bits", 64 * draw_integer(2, 96))),
          input("gigabits_per_pin", draw(2, 28))};
}

CASE(roofline, positive_numbers, "a finite number above 0 comes back as it is") {
  for (const double x : {5e-324, 1., 1e300}) observe(fmt::format("of {}", x), positive("x", x));
  observe("drawn", positive("x", input("x", draw(0, 9))));
}

CASE(roofline, refused_numbers, "0, negative numbers, infinities and NaN are refused") {
  for (const double x : kWrong)
    observe_error(fmt::format("positive of {}", x), [x] { positive("the clock", x); });
}

CASE(roofline, refusals_say_what, "a message names the number and its value") {
  const int x = -static_cast<int>(input("−x", draw_integer(3, 99)));
  const std::string says = message_of<RangeError>([x] { positive("the memory clock", x); });
  observe("the name is in it", names(says, "the memory clock"));
  observe("the value is in it", names(says, fmt::format("{}", x)));
}

CASE(roofline, cards, "peaks of the cards of the header") {
  for (const Card& card : kCards) {
    observe(fmt::format("{}: FLOP/s", card.name), peak_of(card).flops);
    observe(fmt::format("{}: bytes/s", card.name), peak_of(card).bytes);
    observe(fmt::format("{}: ridge", card.name), ridge_point(peak_of(card)));
  }
}

CASE(roofline, any_card, "every number of a card counts, and each must be positive") {
  const Card card = drawn_card();
  observe("FLOP/s", peak_of(card).flops);
  observe("bytes/s", peak_of(card).bytes);
  for (double Card::*number : {&Card::multiprocessors, &Card::cores, &Card::boost_ghz,
                               &Card::bus_bits, &Card::gigabits_per_pin})
    for (const double wrong : kWrong) {
      Card broken = card;
      broken.*number = wrong;
      observe_error(fmt::format("{} in place of {}", wrong, card.*number),
                    [&] { peak_of(broken); });
    }
}

CASE(roofline, intensities, "FLOP by bytes, also of a copy") {
  const Work work{input("FLOP", draw(1, 1e12)), input("bytes", draw(1, 1e12))};
  observe("drawn", intensity(work));
  observe("of a copy", intensity({0, work.bytes}));
}

CASE(roofline, intensity_refusals, "no bytes, or an amount of work that is none") {
  for (const double wrong : kWrong)
    observe_error(fmt::format("6 FLOP, {} bytes", wrong), [wrong] { intensity({6, wrong}); });
  for (const double wrong : {-1., kNone, kEndless})
    observe_error(fmt::format("{} FLOP, 6 bytes", wrong), [wrong] { intensity({wrong, 6}); });
}

CASE(roofline, the_roof, "the lower of two roofs, on either side of the ridge", {.weight = 2}) {
  const Peak peak = drawn_peak();
  const double ridge = peak.flops / peak.bytes;
  for (const double part : {0., 0.01, 0.5, 0.99, 1.01, 2., 50.})
    observe(fmt::format("FLOP/s at {} of the ridge", part), attainable_flops(peak, part * ridge));
  observe("ridge", ridge_point(peak));
}

CASE(roofline, sides, "memory to the left of the ridge, computing from the ridge on") {
  for (int i = 0; i < 20; ++i) {
    const Peak peak = drawn_peak();
    const double ridge = peak.flops / peak.bytes;
    for (const double at : {0., ridge * 0.999, ridge, ridge * 1.001, ridge * 40})
      observe(fmt::format("at {} FLOP/byte", at),
              std::string_view(bound_of(peak, at) == Bound::memory ? "memory" : "compute"));
  }
}

CASE(roofline, roof_refusals, "peaks that are none, and intensities that are none") {
  for (const double wrong : kWrong) {
    observe_error(fmt::format("ridge of {} FLOP/s", wrong), [wrong] { ridge_point({wrong, 3}); });
    observe_error(fmt::format("ridge of {} bytes/s", wrong), [wrong] { ridge_point({3, wrong}); });
    observe_error(fmt::format("roof of {} FLOP/s", wrong), [wrong] {
      attainable_flops({wrong, 3}, 1);
    });
    observe_error(fmt::format("roof of {} bytes/s", wrong), [wrong] {
      attainable_flops({3, wrong}, 1);
    });
  }
  for (const double wrong : {-0.5, kNone}) {
    observe_error(fmt::format("roof at {}", wrong), [wrong] { attainable_flops({3, 3}, wrong); });
    observe_error(fmt::format("side of {}", wrong), [wrong] { bound_of({3, 3}, wrong); });
  }
}

CASE(roofline, product, "2mnk operations, and bytes of a naive kernel and of an ideal one",
     {.weight = 2}) {
  const int m = static_cast<int>(input("m", draw_integer(2, 99))),
            n = static_cast<int>(input("n", draw_integer(100, 300))),
            k = static_cast<int>(input("k", draw_integer(301, 999)));
  for (const int tile : {1, 1000}) {
    observe(fmt::format("FLOP, tiles of {}", tile), gemm_work(m, n, k, tile).flops);
    observe(fmt::format("bytes, tiles of {}", tile), gemm_work(m, n, k, tile).bytes);
  }
}

CASE(roofline, product_in_tiles, "each tile of C reads its rows of A and its columns of B once",
     {.weight = 2}) {
  for (const int tile : {7, 16, 64})
    for (const auto& [m, n] : {std::pair{64, 128}, {65, 128}, {64, 129}, {1, 1000}, {1000, 1}}) {
      const int k = static_cast<int>(input("k", draw_integer(1, 50)));
      observe(fmt::format("bytes of ({}, {}) × ({}, {}), tiles of {}", m, k, k, n, tile),
              gemm_work(m, n, k, tile).bytes);
    }
}

CASE(roofline, product_of_nothing, "an inner size of 0 leaves C to be written; no rows, nothing") {
  observe("FLOP with k = 0", gemm_work(3, 5, 0, 2).flops);
  observe("bytes with k = 0", gemm_work(3, 5, 0, 2).bytes);
  observe("FLOP with m = 0", gemm_work(0, 5, 7, 2).flops);
  observe("bytes with m = 0", gemm_work(0, 5, 7, 2).bytes);
}

CASE(roofline, large_product, "sizes whose product no int holds") {
  for (const int size : {2000, 8192, 100000})
    for (const int tile : {1, 128}) {
      observe(fmt::format("FLOP of {}³", size), gemm_work(size, size, size, tile).flops);
      observe(fmt::format("bytes of {}³, tiles of {}", size, tile),
              gemm_work(size, size, size, tile).bytes);
    }
}

CASE(roofline, product_refusals, "sizes below 0, and tiles below 1") {
  observe_error("m = -1", [] { gemm_work(-1, 2, 3, 4); });
  observe_error("n = -1", [] { gemm_work(2, -1, 3, 4); });
  observe_error("k = -1", [] { gemm_work(2, 3, -1, 4); });
  observe_error("m = n = -1", [] { gemm_work(-1, -1, 3, 4); });
  observe_error("tiles of 0", [] { gemm_work(2, 3, 4, 0); });
  observe_error("tiles of -4", [] { gemm_work(2, 3, 4, -4); });
}

CASE(roofline, counted, "bytes asked for by threads, read and written") {
  KernelCounters counters;
  counters.global_reads = 100;
  counters.global_read_bytes = input("read", draw_integer(1000, 1LL << 40));
  counters.global_write_bytes = input("written", draw_integer(1000, 1LL << 40));
  observe("FLOP", counted_work(input("FLOP", draw(1, 1e12)), counters).flops);
  observe("bytes", counted_work(1, counters).bytes);
  counters.global_read_bytes = 0;
  observe("bytes of a kernel that only writes", counted_work(0, counters).bytes);
}

CASE(roofline, counted_in_sectors, "where sectors were counted, what memory sends") {
  KernelCounters counters;
  counters.global_read_bytes = input("read", draw_integer(1000, 2000));
  counters.global_write_bytes = input("written", draw_integer(1000, 2000));
  counters.global_sectors = input("sectors", draw_integer(1000, 2000));
  observe("bytes, more sectors than asked for", counted_work(1, counters).bytes);
  counters.global_sectors = 20;
  observe("bytes, fewer, as the warps share them", counted_work(1, counters).bytes);
}

CASE(roofline, counted_launch, "the bytes of a launch, in order and strided") {
  const DeviceBuffer<float> x(input_floats("x", 100));
  DeviceBuffer<float> y(100);
  for (const bool warps : {false, true}) {
    count_warps(warps);
    launch(map_kernel, 1, 32)(MapOp::neg, x.data(), y.data(), 100);
    const Work work = counted_work(100, last_launch().counters);
    observe(warps ? "bytes in sectors" : "bytes asked for", work.bytes);
    observe(warps ? "FLOP/byte in sectors" : "FLOP/byte asked for", intensity(work));
  }
}

CASE(roofline, counted_refusals, "no bytes, or FLOP that are none") {
  KernelCounters counters;
  observe_error("nothing counted", [&] { counted_work(5, counters); });
  counters.global_read_bytes = 4;
  for (const double wrong : {-1., kNone, kEndless})
    observe_error(fmt::format("{} FLOP", wrong), [&] { counted_work(wrong, counters); });
}

CASE(roofline, prediction, "computing and moving at once: the longer of two times", {.weight = 2}) {
  const Peak peak = drawn_peak();
  const Work computing{input("FLOP", draw(1e15, 2e15)), input("bytes", draw(1e6, 2e6))},
      moving{computing.bytes, computing.flops}, balanced{peak.flops, peak.bytes * 0.9};
  for (const auto& [what, work] : {std::pair{"computing", computing},
                                   {"moving", moving},
                                   {"nearly balanced", balanced},
                                   {"a copy", Work{0, 8e9}},
                                   {"no bytes", Work{8e9, 0}}}) {
    observe(fmt::format("seconds, {}", what), predicted_seconds(peak, work));
    observe(fmt::format("share, {}", what), share_of_roof(peak, work, draw(1e-3, 9)));
  }
}

CASE(roofline, time_refusals, "work, peaks and times that are none") {
  for (const double wrong : {-1., kNone, kEndless}) {
    observe_error(fmt::format("{} FLOP", wrong), [wrong] {
      predicted_seconds({1, 1}, {wrong, 1});
    });
    observe_error(fmt::format("{} bytes", wrong), [wrong] {
      predicted_seconds({1, 1}, {1, wrong});
    });
  }
  for (const double wrong : kWrong) {
    observe_error(fmt::format("peak of {} FLOP/s", wrong), [wrong] {
      predicted_seconds({wrong, 1}, {1, 1});
    });
    observe_error(fmt::format("peak of {} bytes/s", wrong), [wrong] {
      predicted_seconds({1, wrong}, {1, 1});
    });
    observe_error(fmt::format("{} seconds", wrong), [wrong] {
      share_of_roof({1, 1}, {1, 1}, wrong);
    });
  }
}

PROOF(roofline, documented_peaks) {
  // TFLOP/s and GB/s of NVIDIA's papers
  const double documented[][2] = {{19.5, 1555}, {66.9, 3350}, {35.6, 936}};
  for (int i = 0; i < 3; ++i) {
    prove_close("TFLOP/s", peak_of(kCards[i]).flops / 1e12, documented[i][0], 0.05);
    prove_close("GB/s", peak_of(kCards[i]).bytes / 1e9, documented[i][1], 1);
  }
}

PROOF(roofline, tiles_counted_one_by_one) {
  for (const int tile : {1, 3, 5, 16}) {
    double read = 0, written = 0;
    const int m = 11, n = 7, k = 4;
    for (int i = 0; i < m; i += tile)
      for (int j = 0; j < n; j += tile) {
        read += k * (std::min(tile, m - i) + std::min(tile, n - j));
        written += std::min(tile, m - i) * std::min(tile, n - j);
      }
    prove_close("bytes", gemm_work(m, n, k, tile).bytes, 4 * (read + written), 0);
  }
  const Peak peak{100, 20};
  prove_close("a long kernel", predicted_seconds(peak, {200, 60}), 3, 0);
  prove(bound_of(peak, 5) == Bound::compute && bound_of(peak, 4.9) == Bound::memory, "sides");
}

}  // namespace
}  // namespace gradbook
