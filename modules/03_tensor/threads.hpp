/// @file
/// Work that several threads share.
#pragma once

#include <cstdint>

#include "00_course/function_ref.hpp"

namespace gradbook {

/// Calls work(begin, end) for parts of 0, …, n − 1 that are disjoint and complete, in threads that
/// are kept from call to call, and comes back when all are done.
///
/// The parts are as equal as they can be and none is smaller than `grain`, so that little work
/// stays in one thread: waking another takes some microseconds. Where work throws, one of its
/// errors is thrown once all are done. Where it calls parallel_for itself, that stays in its
/// thread.
/// @param n        how much there is to do
/// @param grain    what is worth a thread
/// @param work     is called once a part
/// @param threads  at most so many parts, at least 1
void parallel_for(std::int64_t n, std::int64_t grain, int threads,
                  function_ref<void(std::int64_t begin, std::int64_t end)> work);

}  // namespace gradbook
