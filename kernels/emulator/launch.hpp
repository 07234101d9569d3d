/// @file
/// Launches a kernel on the emulator, and says what it cost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "kernels/emulator/counters.hpp"
#include "kernels/emulator/fault.hpp"
#include "kernels/emulator/language.hpp"
#include "kernels/source_location.hpp"

struct EmulatedStream;

namespace gradbook {

/// A launch that has ended.
struct LaunchReport {
  std::string kernel;            ///< its name
  dim3 grid, block;              ///< their sizes
  std::size_t shared_bytes = 0;  ///< asked for at the launch
  KernelCounters counters;       ///< what it did
  double seconds = 0;            ///< how long it took here, which says nothing of a GPU
};

/// Whether what kernels do is checked and counted: true until somebody says otherwise.
void check_kernels(bool now);

/// Whether accesses are put together warp by warp, which takes longer: false until somebody says
/// otherwise.
void count_warps(bool now);

/// In which order the threads of a block run between barriers; a kernel must not depend on it.
enum class ThreadOrder { ascending, descending };
/// From now on this one.
void use_thread_order(ThreadOrder order);

/// Whether each launch is done twice, in either order of threads, and what it leaves is compared:
/// false until somebody says otherwise. Floating-point numbers may differ by rounding, as sums do.
/// @throws KernelFault  at such a launch: order
void compare_thread_orders(bool now);

/// Says of memory of the device that the next launch writes each of its elements once.
/// @param address  its beginning, as a DeviceBuffer's data()
/// @throws KernelFault  at that launch: not_once; here, where it is no beginning of such memory
void expect_written_once(const void* address);

/// After so long a launch counts as endless: 10 s until somebody chooses.
void limit_kernels(double seconds);

/// How many threads of the host run blocks: those of the machine until somebody chooses.
void use_kernel_threads(int threads);

/// What the last launch that ended well did.
const LaunchReport& last_launch();

namespace emulator {

/// An argument of a kernel that points somewhere.
struct PointerArgument {
  int place;            ///< which argument, from 1 on
  const void* address;  ///< where it points
};

/// The sizes of a launch.
struct LaunchSizes {
  dim3 grid, block;          ///< of what
  std::size_t shared_bytes;  ///< for each block
};

/// Notes an argument if it is a pointer.
template <class T>
void note_pointer(const T& argument, int place, PointerArgument* pointers, std::size_t& count) {
  if constexpr (std::is_pointer_v<T>)
    pointers[count++] = {place,
                         const_cast<const void*>(static_cast<const volatile void*>(argument))};
}

/// A kernel with its arguments.
struct Call {
  const void* kernel;                     ///< the function
  void (*thread)(const void* arguments);  ///< calls it
  const void* arguments;                  ///< what `thread` is given
  std::size_t size;                       ///< in bytes, of the arguments
};

/// Where and when a launch is done.
struct Turn {
  EmulatedStream* stream;            ///< nullptr is the default one
  std::shared_ptr<const void> kept;  ///< the arguments of one that is done later; else none
};

/// Runs call.thread once for each thread of each block, at once or when somebody waits for the
/// stream. @throws KernelFault
void run(const Call& call, const LaunchSizes& sizes, const PointerArgument* pointers,
         std::size_t count, const Turn& turn, const SourceLocation& where);

/// A launch that waits for its arguments.
template <class... Parameters>
class Prepared {
 public:
  /// Of this kernel, in a stream; the launch waits for it, or somebody does later.
  Prepared(void (*kernel)(Parameters...), const LaunchSizes& sizes, EmulatedStream* stream,
           bool waits, const SourceLocation& where)
      : kernel_(kernel), sizes_(sizes), stream_(stream), waits_(waits), where_(where) {}

  /// Runs it with these. @throws KernelFault
  void operator()(std::type_identity_t<Parameters>... arguments) const {
    PointerArgument pointers[sizeof...(Parameters) + 1];
    std::size_t count = 0;
    int place = 0;
    (note_pointer(arguments, ++place, pointers, count), ...);
    const auto all = std::make_shared<const All>(kernel_, arguments...);
    const auto thread = [](const void* all) {
      call(all, std::index_sequence_for<Parameters...>());
    };
    run({reinterpret_cast<const void*>(kernel_), thread, all.get(), sizeof *all}, sizes_, pointers,
        count, {stream_, waits_ ? nullptr : all}, where_);
  }

 private:
  using All = std::tuple<void (*)(Parameters...), Parameters...>;

  // Reads the arguments from memory of the host, which no kernel may do
  template <std::size_t... kPlace>
  __attribute__((no_sanitize("thread"))) static void call(const void* from,
                                                          std::index_sequence<kPlace...>) {
    const All& all = *static_cast<const All*>(from);
    std::get<0>(all)(std::get<kPlace + 1>(all)...);
  }

  void (*kernel_)(Parameters...);
  LaunchSizes sizes_;
  EmulatedStream* stream_;
  bool waits_;
  SourceLocation where_;
};

}  // namespace emulator
}  // namespace gradbook
