# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "library"

# Objects of the library: who holds them, and who may use them.
module Winback
  # One reference to an object of the library, given back once: by `close`, or after the handle has gone.
  #
  # The library counts references by itself. `keeps` has what it cannot see: the owners of what the object was made
  # with, and through them the host's allocator. Other callbacks are the handle's, so that a host that holds its
  # handle can be collected.
  class Owner
    NEVER = { Object => :never }.freeze
    private_constant :NEVER

    attr_reader :to_ptr

    # The owner behind a handle that may be absent; nil is NULL.
    def self.of(kind, handle)
      return if handle.nil?
      raise TypeError, "a #{kind} is needed, not a #{handle.class}" unless handle.is_a?(kind)

      handle.instance_variable_get(:@owner) || raise(Closed, "this #{handle.class} is closed")
    end

    # A call that uses objects until its end. Meanwhile the thread is deaf to Timeout and Thread#raise, which
    # would leave the library in the middle.
    def self.using(*owners)
      Thread.handle_interrupt(NEVER) do
        held = []
        begin
          owners.each { |owner| owner && held.push(owner.take) }
          yield
        ensure
          held.each(&:release)
        end
      end
    end

    def initialize(handle, address, free, keeps)
      @name = handle.class.name
      @to_ptr = Fiddle::Pointer.new(address)
      @free = free
      @keeps = {}.compare_by_identity
      @lock = Mutex.new
      keep(*keeps)
      ObjectSpace.define_finalizer(handle, Owner.finalizer(self))
    end

    def self.finalizer(owner)
      proc { owner.give_back }
    end

    def address
      @to_ptr.to_i
    end

    # Holds what the library now refers to.
    def keep(*others)
      others.each { |other| @keeps[other] = true if other }
    end

    # What it keeps.
    def kept
      @keeps.keys
    end

    # Frees the object. Once.
    def give_back
      address = self.address
      @to_ptr = Fiddle::NULL
      Library.give_back(@free, address) unless address.zero?
    end

    private

    def closed
      Closed.new("this #{@name} is closed")
    end
  end

  # Of a compiled object. One that is closed in the middle of a call of another thread is freed after it.
  class SharedOwner < Owner
    def initialize(...)
      super
      @uses, @closing = 0, false
    end

    def take
      @lock.synchronize do
        raise closed if @closing || address.zero? # at the end of Ruby all is given back

        @uses += 1
      end
      self
    end

    def release
      last = @lock.synchronize { (@uses -= 1).zero? && @closing }
      give_back if last
    end

    def close
      idle = @lock.synchronize do
        @closing = true
        @uses.zero?
      end
      give_back if idle
    end
  end

  # Of a machine: one call at a time.
  class MachineOwner < Owner
    # Which use this is.
    attr_reader :turn

    def take
      unless @lock.try_lock
        raise Busy, "this #{@name} is in use by another thread, or by the call whose callback this is"
      end
      @turn = @turn.to_i + 1
      return self unless address.zero?

      @lock.unlock
      raise closed
    end

    def release
      @lock.unlock
    end

    def close
      return if address.zero?

      take.give_back
      release
    end
  end
  private_constant :Owner, :SharedOwner, :MachineOwner

  # An object of the library. Close it, or use it in the block of `open`; else it goes when nothing refers to it.
  class Handle
    undef_method :dup, :clone # a second owner of one reference

    # Makes one. With a block it is closed at the end of it, and the block's value is the answer.
    def self.open(...)
      handle = new(...)
      return handle unless block_given?

      begin
        yield handle
      ensure
        handle.close
      end
    end

    # Whether it was closed.
    def closed?
      @owner.nil?
    end

    def inspect
      "#<#{self.class}#{" (closed)" if closed?}>"
    end
    alias to_s inspect

    private

    def owner
      Owner.of(Handle, self)
    end

    # A call that uses the object until its end, and others.
    def using(*others)
      mine = owner
      Owner.using(mine, *others) { yield mine }
    end

    # Makes the object: what a function writes into its last argument but the wb_error.
    def make(function, owners, *arguments, keeps: owners)
      place = Library.room("J")
      Owner.using(*keeps.grep(Owner)) do
        Library.checked(function, *owners, *arguments, place)
        own(place.unpack1("J"), keeps)
      end
    end
  end

  # A compiled object: it never changes, and any number of threads may use it at once.
  class Shared < Handle
    # Gives it back. A second time does nothing.
    def close
      owner, @owner = @owner, nil
      owner&.close
    end

    # A second handle to the same object, closed by itself.
    def share
      shared = owner
      made = self.class.allocate
      (instance_variables - [:@owner]).each { |name| made.instance_variable_set(name, instance_variable_get(name)) }
      Owner.using(shared) { made.send(:own, Library.ask(self.class.const_get(:REF), shared), shared.kept) }
      made
    end

    private

    def own(address, keeps)
      @owner = SharedOwner.new(self, address, self.class.const_get(:FREE), keeps)
    end
  end

  # One thread at a time. A second one, or a callback that calls back, is told `Busy`.
  class Machine < Handle
    # Frees it. A second time does nothing; while it is in use it is `Busy`.
    def close
      @owner&.close
      @owner = nil
    end

    private

    def own(address, keeps)
      @owner = MachineOwner.new(self, address, self.class.const_get(:FREE), keeps)
    end
  end
end
