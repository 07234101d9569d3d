/// @file
/// What a module's own program is made of.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

/// The program of a module, with the exercises that may come from the student: all of its own.
/// @param on_device  whether it computes with kernels: then those of the exercise that the module
/// of kernels calls its backend, and of what that builds on there, may be the student's, too
/// @throws UserError  where this program computes nothing that there are kernels for
MainProgram main_program(const Book& book, const Module& module, bool on_device);

}  // namespace gradbook
