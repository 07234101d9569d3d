#include "kernels/emulator/counters.hpp"

#include <initializer_list>

namespace gradbook {

KernelCounters& KernelCounters::operator+=(const KernelCounters& other) {
  for (std::int64_t KernelCounters::*const counter :
       {&KernelCounters::global_reads, &KernelCounters::global_writes,
        &KernelCounters::global_read_bytes, &KernelCounters::global_write_bytes,
        &KernelCounters::shared_reads, &KernelCounters::shared_writes, &KernelCounters::atomics,
        &KernelCounters::barriers, &KernelCounters::warp_operations,
        &KernelCounters::global_requests, &KernelCounters::global_sectors,
        &KernelCounters::shared_requests, &KernelCounters::bank_conflicts,
        &KernelCounters::divergent})
    this->*counter += other.*counter;
  return *this;
}

}  // namespace gradbook
