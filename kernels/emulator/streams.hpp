/// @file
/// What is asked of streams and not done yet, and when a GPU would do it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

/// A stream that is not the default one.
struct EmulatedStream {};

namespace gradbook {

/// How fast the device of the timeline is. It is no GPU that one can buy: round numbers, by which
/// two orders of the same work can be compared.
struct DeviceModel {
  double copy_bytes_per_second = 20e9;  ///< between host and device, each way
  double own_bytes_per_second = 1e12;   ///< from the device to itself, and to set bytes
  double copy_seconds = 5e-6;           ///< of each copy, on top
  double kernel_seconds = 100e-6;       ///< of each kernel, whatever it does
};

/// What the parts of the device that work beside each other do.
enum class Engine {
  to_device,  ///< copies from the host
  to_host,    ///< copies to the host
  compute     ///< kernels, copies from the device to itself, and setting bytes
};

/// An operation on the timeline.
struct TimelineEntry {
  std::string what;  ///< the name of a kernel, "copy to device", "copy to host", "copy", "set"
  int stream;        ///< 0 is the default one, then in the order in which they were made
  Engine engine;     ///< what did it
  double begin;      ///< in seconds of the model, from the beginning of the program
  double end;        ///< likewise
};

/// What was asked of the device since the program began or clear_timeline(), in the order in which
/// it was asked: the newest few thousand operations.
std::vector<TimelineEntry> device_timeline();
/// Forgets what was on it.
void clear_timeline();
/// From now on operations take so long on the timeline.
void use_device_model(const DeviceModel& model);

namespace emulator {

/// What is asked of a stream.
struct Operation {
  std::string what;              ///< as in TimelineEntry; empty: it takes no time
  Engine engine;                 ///< by which
  double seconds;                ///< on the timeline
  std::function<void()> action;  ///< does it; may be empty
};

/// An operation that was asked for.
struct Asked {
  std::uint64_t number = 0;  ///< from 1 on
  double end = 0;            ///< on the timeline
};

/// The queues of all streams. What is asked is done as late as a GPU may do it: when somebody waits
/// for it.
class Streams {
 public:
  /// One more.
  EmulatedStream* create();
  /// Does what was asked of it, and forgets it.
  void destroy(EmulatedStream* stream);
  /// Whether there is such a stream; nullptr is the default one.
  bool has(EmulatedStream* stream);

  /// Asks for an operation.
  Asked ask(EmulatedStream* stream, const Operation& operation);
  /// What is asked of a stream from now on waits for an operation of another one.
  void wait_for(EmulatedStream* stream, const Asked& other);

  /// Does all that was asked of a stream, and what that waits for; the host waits for it.
  /// @returns  whether all went well; if not, all else that was asked is forgotten
  bool finish(EmulatedStream* stream);
  /// The same up to an operation.
  bool finish(const Asked& operation);
  /// The same of all streams.
  bool finish_all();
  /// Does the next operation of a stream. @returns  whether there was one
  bool do_next(EmulatedStream* stream);
  /// Whether an operation has been done, or forgotten.
  bool done(const Asked& operation);

  /// Throws what went wrong last, if nobody was told.
  void rethrow();

  /// How many operations ran while one of another stream did, on the timeline.
  std::size_t overlapped() const { return overlapped_; }
  DeviceModel model;                   ///< how long operations take
  std::deque<TimelineEntry> timeline;  ///< see device_timeline()

 private:
  struct Pending {
    EmulatedStream* stream;
    std::uint64_t after;  // another operation that comes first; 0: none
    std::function<void()> action;
  };
  struct Busy {
    double begin = 0, end = 0;
    EmulatedStream* stream = nullptr;
  };

  bool run(std::uint64_t number);
  double place(EmulatedStream* stream, const Operation& operation);

  std::recursive_mutex changing_;
  std::map<EmulatedStream*, int> numbers_{{nullptr, 0}};
  int next_stream_ = 1;
  std::map<std::uint64_t, Pending> pending_;      // by their numbers
  std::uint64_t last_ = 0;                        // number
  std::map<EmulatedStream*, double> stream_end_;  // of what was asked of it
  std::array<Busy, 3> engines_{};                 // what was last asked of each
  double host_ = 0;                               // when the host asks
  std::size_t overlapped_ = 0;
  std::exception_ptr failure_;
};

/// The ones of this process.
Streams& streams();

}  // namespace emulator
}  // namespace gradbook
