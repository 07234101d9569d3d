/// @file
/// Modules one after the other.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "05_modules/module.hpp"

namespace gradbook {

/// A network whose modules are applied in turn; it owns them, and calls them "0", "1", ….
///
///     Sequential model;
///     model.add<Linear>(784, 512, random);
///     model.add<Sigmoid>();
class Sequential final : public Module {
 public:
  ~Sequential() override;
  Sequential();

  /// "Sequential".
  const char* name() const override;

  /// Makes a module out of `arguments`, and appends it. @returns  the module
  template <class Kind, class... Arguments>
  Kind& add(Arguments&&... arguments) {
    auto made = std::make_unique<Kind>(std::forward<Arguments>(arguments)...);
    Kind& module = *made;
    append(std::move(made));
    return module;
  }

  /// Appends a module.
  void append(std::unique_ptr<Module> module);

  /// How many there are.
  std::size_t size() const { return modules_.size(); }

  // Exercise 5.9

  /// Applies the first to x, and each to what the one before gave. @returns  the last, or x where
  /// there is none
  Module& operator()(Module& x) override;

  // Given

 private:
  std::vector<std::unique_ptr<Module>> modules_;
};

}  // namespace gradbook
