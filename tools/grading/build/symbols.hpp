/// @file
/// What an object file defines and what it asks for, and what that says about a student's file.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// The external symbols of some object files, mangled, each with the letter that nm gives it.
using Symbols = std::map<std::string, char>;

/// Those of each object, read in one go: nm takes its time to start.
/// @param nm  the program to read them with, and what stands before it
std::vector<Symbols> read_symbols(const std::vector<std::string>& nm,
                                  const std::vector<fs::path>& objects);

/// Adds symbols of one object to those of others: a definition anywhere outweighs a request.
void merge(const Symbols& from, Symbols& into);

/// The name as written in C++: without "gradbook::", and std::span<T> without its extent.
std::string demangle(const std::string& symbol);

/// Why a student's object cannot be linked, in sentences: what is missing, changed, defined twice
/// or nowhere. Empty when nothing of the kind is found.
/// @param id         of the exercise
/// @param student    symbols of the student's object
/// @param expected   symbols of the reference's object, whose definitions the student must match
/// @param around     symbols of everything else that is linked
std::vector<std::string> explain_link_failure(const std::string& id, const Symbols& student,
                                              const Symbols& expected, const Symbols& around);

/// The names that both objects define, so that they cannot be linked together.
std::vector<std::string> defined_by_both(const Symbols& one, const Symbols& other);

/// The first function in `forbidden` that the object calls; empty when there is none.
std::string forbidden_call(const Symbols& student, const std::vector<std::string>& forbidden);

/// What the object defines of these functions, mangled.
std::vector<std::string> defined_among(const Symbols& symbols,
                                       const std::vector<std::string>& functions);

}  // namespace gradbook
