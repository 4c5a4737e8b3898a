package dev.watchparty.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoIdTest {
    private static final VideoId ID = new VideoId("dQw4w9WgXcQ");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dQw4w9WgXcQ",
                "  dQw4w9WgXcQ \n",
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
                "http://youtube.com/watch?v=dQw4w9WgXcQ",
                "youtube.com/watch?v=dQw4w9WgXcQ",
                "www.youtube.com/watch?v=dQw4w9WgXcQ",
                "https://m.youtube.com/watch?v=dQw4w9WgXcQ",
                "https://music.youtube.com/watch?v=dQw4w9WgXcQ&list=RD",
                "https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=10s",
                "https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ#t=5",
                "HTTPS://WWW.YOUTUBE.COM/watch?v=dQw4w9WgXcQ",
                "https://youtu.be/dQw4w9WgXcQ",
                "youtu.be/dQw4w9WgXcQ?si=abc",
                "https://www.youtube.com/embed/dQw4w9WgXcQ?start=3",
                "https://m.youtube.com/embed/dQw4w9WgXcQ",
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
                "https://www.youtube.com/shorts/dQw4w9WgXcQ",
                "https://youtube.com/shorts/dQw4w9WgXcQ?feature=share",
                "https://www.youtube.com/live/dQw4w9WgXcQ?t=1",
                "https://www.youtube.com/v/dQw4w9WgXcQ",
                "https://www.youtube.com:443/watch?v=dQw4w9WgXcQ",
                " https://youtu.be/dQw4w9WgXcQ ",
            })
    void idIsFoundIn(String text) {
        assertThat(VideoId.find(text)).contains(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "dQw4w9WgXc",
                "dQw4w9WgXcQQ",
                "dQw4w9WgXc!",
                "youtube.com",
                "https://evil.com/?u=youtube.com/watch?v=dQw4w9WgXcQ",
                "https://evil.com/watch?v=dQw4w9WgXcQ",
                "https://youtube.com.evil.com/watch?v=dQw4w9WgXcQ",
                "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
                "https://evil.youtube.com/watch?v=dQw4w9WgXcQ",
                "https://youtube.com@evil.com/watch?v=dQw4w9WgXcQ",
                "https://evil.com#@youtube.com/watch?v=dQw4w9WgXcQ",
                "https://evil.com\\@youtube.com/watch?v=dQw4w9WgXcQ",
                "javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ",
                "ftp://youtube.com/watch?v=dQw4w9WgXcQ",
                "https://www.youtube.com/watch?v=short",
                "https://www.youtube.com/watch?vv=dQw4w9WgXcQ",
                "https://www.youtube.com/watch?v=dQw4w9WgXcQextra",
                "https://www.youtube.com/dQw4w9WgXcQ",
                "https://youtu.be/dQw4w9WgXcQ/more/parts",
                "https://www.youtube.com/playlist?list=dQw4w9WgXcQ",
                "<script>",
            })
    void noIdIsFoundIn(String text) {
        assertThat(VideoId.find(text)).isEmpty();
    }

    @Test
    void longTextIsNotLookedInto() {
        assertThat(VideoId.find("youtube.com/watch?" + "a=b&".repeat(1000) + "v=dQw4w9WgXcQ"))
                .isEmpty();
    }

    @Test
    void idChecksItselfWithoutRepeatingWhatCame() {
        assertThatThrownBy(() -> new VideoId("<b>"))
                .hasMessage("videoId: a text of 3 characters (expected: 11 of A-Z a-z 0-9 _ -)");
    }
}
