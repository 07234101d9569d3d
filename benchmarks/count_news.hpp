/// @file
/// Counts who asks for memory: to be included by one file of a program.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <new>

namespace {
std::int64_t news = 0;
}

// Whoever asks for memory is counted
void* operator new(std::size_t n) {
  ++news;
  if (void* const memory = std::malloc(n)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
