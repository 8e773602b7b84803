using MmoOrleans.Grains.Secrets;

namespace MmoOrleans.Grains.Tests.Secrets;

public class KeepingSecrets
{
    [Fact]
    public void A_secret_is_43_characters_of_base64url_and_never_the_same_twice()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => Secret.New()).ToHashSet();
        Assert.Equal(100, secrets.Count);
        Assert.All(secrets, secret => Assert.Matches("^[A-Za-z0-9_-]{43}$", secret));
    }

    [Fact]
    public void A_hash_matches_its_secret_and_no_other()
    {
        var secret = Secret.New();
        var hash = SecretHash.Of(secret);
        Assert.True(hash.Matches(secret));
        Assert.False(hash.Matches(Secret.New()));
        Assert.False(hash.Matches(secret[1..]));
        Assert.False(hash.Matches(secret + "A"));
        Assert.False(hash.Matches(""));
        Assert.False(hash.Matches(null));
        Assert.False(hash.Matches(hash.Value));
    }

    [Fact]
    public void No_secret_matches_where_none_was_kept() => Assert.False(default(SecretHash).Matches(Secret.New()));

    /// <summary>Golden: hashes are stored.</summary>
    [Fact]
    public void The_hash_of_a_secret_stays_the_same_for_ever() =>
        Assert.Equal("DwBzhbb51LfusnSGBa_hqYSgo7-j8BTQnip4TOnlzRo", SecretHash.Of(new string('A', Secret.Length)).Value);

    [Fact]
    public void A_stored_hash_is_the_hash_again()
    {
        var hash = SecretHash.Of(Secret.New());
        Assert.Equal(hash, new SecretHash(hash.Value));
        Assert.Null(default(SecretHash).Value);
        Assert.Equal(default, new SecretHash(null));
        Assert.Throws<FormatException>(() => new SecretHash("DwBzhbb51LfusnSGBa"));
    }

    [Fact]
    public void A_hash_does_not_show_in_logs() => Assert.Equal("SecretHash", $"{SecretHash.Of(Secret.New())}");
}
