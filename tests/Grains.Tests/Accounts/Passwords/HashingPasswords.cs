using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MmoOrleans.Grains.Accounts.Passwords;

namespace MmoOrleans.Grains.Tests.Accounts.Passwords;

public sealed class HashingPasswords : IDisposable
{
    private readonly ServiceProvider _services = WithIterations(2_000);

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("secret")]
    [InlineData(" spaces at both ends ")]
    [InlineData("пароль 密码")]
    public async Task A_password_is_right_with_its_hash_and_no_other_is(string password)
    {
        var hash = await HashOf(password);
        Assert.Equal(new PasswordVerified.Verified(true, false), await Hashing().Verify(password, hash));
        Assert.Equal(new PasswordVerified.Verified(false, false), await Hashing().Verify(password.Trim() + "x", hash));
        Assert.Equal(new PasswordVerified.Verified(false, false), await Hashing().Verify(password.ToUpperInvariant(), hash));
    }

    [Fact]
    public async Task The_same_password_hashes_to_another_text_each_time() =>
        Assert.NotEqual(await HashOf("secret"), await HashOf("secret"));

    [Fact]
    public async Task A_hash_of_fewer_rounds_asks_to_be_made_again()
    {
        var hash = await HashOf("secret");
        await using var stricter = WithIterations(2_001);
        Assert.Equal(new PasswordVerified.Verified(true, true), await Hashing(stricter).Verify("secret", hash));
    }

    /// <summary>Golden: this text is in the databases of those who play today.</summary>
    [Fact]
    public async Task A_hash_of_the_first_release_is_still_read() =>
        Assert.Equal(new PasswordVerified.Verified(true, false), await Hashing().Verify("secret", GoldenHash));

    private const string GoldenHash = "AQAAAAIAAAfQAAAAEAABAgMEBQYHCAkKCwwNDg+eF8YPv5su4qHXkw9bdgkkvWjwo+q5+bZbs4lSOfue3w==";

    [Fact]
    public async Task A_name_that_does_not_exist_is_answered_wrong() =>
        Assert.Equal(new PasswordVerified.Verified(false, false), await Hashing().VerifyNothing("secret"));

    [Fact]
    public void A_hash_does_not_show_in_logs() => Assert.Equal("Hashed", $"{new PasswordHashed.Hashed("text")}");

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        using var services = WithIterations(0);
        var refusal = Assert.Throws<OptionsValidationException>(() => Hashing(services));
        Assert.Contains("passwordIterations must be 1 or more.", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<string> HashOf(string password) =>
        Assert.IsType<PasswordHashed.Hashed>(await Hashing().Hash(password)).Text;

    private IPasswordHashing Hashing() => Hashing(_services);

    private static IPasswordHashing Hashing(IServiceProvider services) => services.GetRequiredService<IPasswordHashing>();

    private static ServiceProvider WithIterations(int iterations) =>
        new ServiceCollection().AddLogging().AddPasswordHashing(options => options.Iterations = iterations).BuildServiceProvider();
}
