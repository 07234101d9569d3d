/// @file
/// A function as an argument: any callable, seen through two pointers.
#pragma once

#include <type_traits>
#include <utility>

namespace gradbook {

/// Not defined: only that of a function's signature is, below.
template <class Signature>
class function_ref;

/// Refers to a callable without owning it: a function, a lambda, an object with operator().
///
/// It is as cheap to copy as two pointers and never allocates, but it must not outlive the
/// callable: take it as a parameter, never keep it as a member.
/// @see  P0792, "function_ref: a type-erased callable reference"
template <class Result, class... Arguments>
class function_ref<Result(Arguments...)> {
 public:
  /// Refers to `callable`.
  template <class Callable>
  requires(!std::is_same_v<std::remove_cvref_t<Callable>, function_ref> &&
           std::is_invocable_r_v<Result, Callable&, Arguments...>)
      function_ref(
          Callable&& callable) {  // NOLINT: a callable converts by itself, as in the standard's
    using Target = std::remove_reference_t<Callable>;
    if constexpr (std::is_function_v<Target>) {
      bound_.function = reinterpret_cast<void (*)()>(&callable);
      call_ = [](Bound bound, Arguments... arguments) -> Result {
        return reinterpret_cast<Target*>(bound.function)(std::forward<Arguments>(arguments)...);
      };
    } else {
      bound_.object = const_cast<void*>(static_cast<const void*>(&callable));
      call_ = [](Bound bound, Arguments... arguments) -> Result {
        return (*static_cast<Target*>(bound.object))(std::forward<Arguments>(arguments)...);
      };
    }
  }

  /// Calls it.
  Result operator()(Arguments... arguments) const {
    return call_(bound_, std::forward<Arguments>(arguments)...);
  }

 private:
  union Bound {
    void* object;
    void (*function)();
  };

  Bound bound_;                          // what is called
  Result (*call_)(Bound, Arguments...);  // how, now that its type is forgotten
};

}  // namespace gradbook
