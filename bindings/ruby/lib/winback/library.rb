# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "fiddle"
require "rbconfig"
require_relative "errors"
require_relative "layout"
require_relative "values"

module Winback
  # Finding the shared library, making sure that it is the one that the declarations are of, and calling it.
  module Library
    NAMES = { /mingw|mswin/ => %w[winback-0.dll libwinback-0.dll], /darwin/ => %w[libwinback.0.dylib] }.freeze
    VARIABLE = "WINBACK_LIBRARY"
    MACHINES = { 3 => "386", 22 => "s390x", 40 => "arm", 62 => "x86_64", 183 => "aarch64" }.freeze
    KEPT = :winback_kept # of a fiber: what a callback raised in the call that it is in
    LOCK = Mutex.new
    ERROR = Layout[:wb_error]

    @path = nil
    @functions = nil

    class << self
      # The file that was loaded; nil: none yet.
      attr_reader :path

      # Names of the file, the number of the interface in them.
      def names
        NAMES.find { |host, _| RbConfig::CONFIG["host_os"].match?(host) }&.last || %w[libwinback.so.0]
      end

      # Loads the library from a path, else from where it is looked for.
      def load(path = nil)
        LOCK.synchronize do
          handle, where = opened(path)
          functions = declared(handle, where)
          check(functions, where)
          @path, @functions = where, functions
        end
      end

      # A function of the library.
      def function(name)
        load unless @functions
        @functions.fetch(name)
      end

      # What a function answers.
      def ask(name, *arguments)
        function(name).call(*arguments)
      end

      # Calls a function that answers a status.
      def call(name, *arguments)
        settle(ask(name, *arguments))
      end

      # Calls a function whose last argument is a wb_error.
      def checked(name, *arguments)
        error = ERROR.room
        settle(ask(name, *arguments, error), error)
      end

      # What a function writes into a buffer, its capacity and its needed length, which come last.
      def written(name, *arguments, error: false)
        needed, capacity = room("J"), 512
        said = error ? [ERROR.room] : []
        loop do
          buffer = "\0".b * capacity
          status = ask(name, *arguments, buffer, capacity, needed, *said)
          length = needed.unpack1("J")
          unless status == Declarations::WB_E_SPACE && length > capacity
            settle(status, *said)
            return buffer.byteslice(0, length)
          end
          capacity = length
        end
      end

      # Space for a number that a function writes.
      def room(letter)
        [0].pack(letter)
      end

      # A number that a function writes into its last argument.
      def number(letter, name, *arguments)
        made = room(letter)
        call(name, *arguments, made)
        made.unpack1(letter)
      end

      # Frees an object, maybe in the middle of another call, whose exception stays its own.
      def give_back(name, address)
        before, Thread.current[KEPT] = Thread.current[KEPT], nil
        ask(name, address)
        settle(0)
      ensure
        Thread.current[KEPT] = before
      end

      # Keeps what a callback raised.
      def keep(raised)
        Thread.current[KEPT] = raised
      end

      # Raises what a callback raised in this call, else the exception of the status.
      def settle(status, error = nil)
        raised = Thread.current[KEPT]
        if raised
          Thread.current[KEPT] = nil
          raise raised
        end
        raise failure(status, error) unless status.zero?
      end

      # The exception of a status.
      def failure(status, error = nil)
        code = StatusCode.symbol(status)
        kind = STATUSES.fetch(code, Error)
        _, line, column, _, path, message = ERROR.unpack(error) if error
        path, message = [path, message].map { |it| it.to_s.unpack1("Z*").force_encoding(Encoding::UTF_8).scrub }
        message = Fiddle::Pointer.new(ask(:wb_status_text, status)).to_s if message.empty?
        kind.new(message, line: line || 0, column: column || 0, path: path, status: code)
      end

      private

      # Where the library may be; the first that is there is taken.
      def candidates(path)
        given = path || ENV.fetch(VARIABLE, "")
        return [given.to_s] unless given.to_s.empty?

        names.map { |name| File.join(__dir__, name) }.select { |name| File.exist?(name) } + names
      end

      def opened(path)
        reasons = candidates(path).map do |candidate|
          return Fiddle::Handle.new(candidate, Fiddle::RTLD_NOW), candidate
        rescue Fiddle::DLError => error
          why(candidate, error)
        end
        raise LibraryError, reasons.first
      end

      # What to do about a library that does not load.
      def why(path, error)
        unless File.exist?(path)
          return "no libwinback at #{path.inspect}: #{error.message}. Install it (meson install), or give its path " \
                 "in the environment variable #{VARIABLE} or to Winback.load."
        end
        machine = other_machine(path)
        return "#{path} does not load: #{error.message}" if machine.empty?

        "#{path} is for #{machine}; this Ruby is #{8 * Fiddle::SIZEOF_VOIDP}-bit #{RbConfig::CONFIG["host_cpu"]}. " \
          "Build libwinback for it, or use a Ruby of that kind."
      end

      # What machine an ELF file is for, when it is not this one; else "".
      def other_machine(path)
        head = File.binread(path, 20).to_s
        unless head.size == 20 && head.start_with?("\x7fELF".b)
          return RbConfig::CONFIG["host_os"].include?("linux") ? "no machine: it is no shared library" : ""
        end

        little = head.getbyte(5) == 1
        name = MACHINES.fetch(head.unpack1(little ? "S<" : "S>", offset: 18), "another machine")
        bits = 32 * head.getbyte(4)
        mine = RbConfig::CONFIG["host_cpu"]
        same = bits == 8 * Fiddle::SIZEOF_VOIDP && little == ([1].pack("S") == [1].pack("S<"))
        same && (name == "another machine" || mine.include?(name)) ? "" : "#{bits}-bit #{name}"
      end

      # Every function as the declarations have it.
      def declared(handle, where)
        Declarations::FUNCTIONS.to_h do |name, (result, arguments)|
          [name, Fiddle::Function.new(handle[name.to_s], arguments.chars.map { |letter| TYPES.fetch(letter) },
                                      TYPES.fetch(result), name: name.to_s)]
        end
      rescue Fiddle::DLError => error
        other = begin
          handle["wb_version"] && nil
        rescue Fiddle::DLError
          "#{where} is not libwinback: #{error.message}"
        end
        raise LibraryError, other || "#{where} is older than this package, which needs libwinback #{wanted}: " \
                                     "#{error.message}. Install the newer library."
      end

      def wanted
        Declarations::VERSION.join(".")
      end

      # Refuses a library that the declarations are not of.
      def check(functions, where)
        version = functions[:wb_version].call
        major, minor = version / 1_000_000, version / 1000 % 1000
        if major != Declarations::VERSION[0] || minor < Declarations::VERSION[1]
          found = Fiddle::Pointer.new(functions[:wb_version_text].call)
          raise LibraryError, "#{where} is libwinback #{found}; this package needs #{wanted}, or a newer one of " \
                              "#{Declarations::VERSION[0]}. Install that library, or the package of #{found}."
        end
        Declarations::STRUCTS.each_key do |name|
          size = functions[:wb_struct_size].call("#{name}\0")
          next unless name.start_with?("wb_") && size < Layout[name].size

          raise LibraryError, "#{where}: its #{name} has #{size} bytes, this package's #{Layout[name].size}. " \
                              "Install libwinback #{wanted} or newer."
        end
      end
    end
  end
  private_constant :Library, :Declarations

  # A function of the host as the library calls it. No exception leaves it: one is kept, the call of the
  # library is aborted, and raises it again. The function answers nil, or the number that is due.
  #
  # The thread is deaf to others while it is in the library (Owner.using), but not in the host's function.
  class Callback < Fiddle::Closure
    HEARD = { Object => :immediate }.freeze
    LEFT = "a callback was left by throw, break, a Timeout without a class of its own or the end of its thread: " \
           "raise, or answer"

    def initialize(name, failed: Declarations::WB_E_ABORTED, &function)
      result, arguments = Declarations::CALLBACKS.fetch(name)
      @function, @failed = function, failed
      super(TYPES.fetch(result), arguments.chars.map { |letter| TYPES.fetch(letter) })
      @pinned = Fiddle::Pointer[self] # C knows where it is: GC.compact must not move it
    end

    # What the library calls.
    def call(*arguments)
      left = true
      answer = Thread.handle_interrupt(HEARD) { @function.call(*arguments) }
      left = false
      answer || 0
    rescue Exception => error
      left = false
      Library.keep(error)
      error.is_a?(Conflict) && @failed == Declarations::WB_E_ABORTED ? Declarations::WB_E_CONFLICT : @failed
    ensure
      if left # none of these may cross the library
        Library.keep(Aborted.new(LEFT))
        return @failed
      end
    end
  end
  private_constant :Callback
end
