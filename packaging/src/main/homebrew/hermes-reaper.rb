# For a tap. @homepage@, @url@ and @sha256@ are set by whoever publishes a release; nothing else here changes with one.
class HermesReaper < Formula
  desc "Ends leaked Hermes Agent slash workers, and says why for every one of them"
  homepage "@homepage@"
  url "@url@"
  sha256 "@sha256@"

  depends_on "openjdk"

  def install
    libexec.install "bin", "lib", "etc", "launchd"
    %w[hermes-reaper hermes-reaperd].each do |program|
      (bin/program).write_env_script libexec/"bin"/program, HERMES_REAPER_JAVA: Formula["openjdk"].opt_bin/"java"
    end
    man1.install Dir["share/man/man1/*"]
    man8.install Dir["share/man/man8/*"]
    bash_completion.install Dir["share/bash-completion/completions/*"]
    zsh_completion.install Dir["share/zsh/vendor-completions/*"]
    fish_completion.install Dir["share/fish/vendor_completions.d/*"]
  end

  # Homebrew's own service knows no limits; `hermes-reaper service install` writes a LaunchAgent that does.
  service do
    run [opt_bin/"hermes-reaperd"]
    keep_alive successful_exit: false
    process_type :background
    log_path var/"log/hermes-reaper.log"
    error_log_path var/"log/hermes-reaper.log"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/hermes-reaper --version")
  end
end
